package synth

// The words that things are called by.
var (
	regions = []string{
		"Europe", "Europe/Germany", "Europe/Poland", "Europe/Spain", "Europe/Sweden", "Europe/Ireland",
		"Americas", "Americas/Brazil", "Americas/Canada", "Americas/Mexico", "Asia", "Asia/India", "Asia/Japan", "Asia/Vietnam",
	}
	firstNames = []string{
		"Ada", "Aina", "Akira", "Alba", "Amir", "Ana", "Anders", "Anh", "Arun", "Astrid", "Bao", "Beata", "Bela", "Bruno", "Carla", "Chen", "Clara", "Dana",
		"Davor", "Diego", "Dora", "Edda", "Elif", "Elin", "Emeka", "Enzo", "Erik", "Eva", "Fatima", "Felix", "Fiona", "Gita", "Goran", "Greta", "Hana", "Hugo",
		"Ida", "Igor", "Ines", "Iris", "Ivo", "Jan", "Jana", "Jonas", "Jorge", "Kaito", "Kalle", "Karim", "Kira", "Lars", "Lea", "Leila", "Lena", "Leo", "Lin",
		"Luca", "Maja", "Malik", "Mara", "Marco", "Mei", "Mila", "Milan", "Mina", "Nadia", "Naoko", "Nils", "Nina", "Noah", "Nora", "Olga", "Omar", "Otto",
		"Paula", "Pedro", "Petra", "Quynh", "Rafael", "Rania", "Ravi", "Rosa", "Sara", "Sven", "Tara", "Theo", "Tomas", "Uma", "Vera", "Viktor", "Wen", "Yara",
		"Yusuf", "Zara", "Zoe",
	}
	lastNames = []string{
		"Abel", "Adeyemi", "Alves", "Andersen", "Aoki", "Bakker", "Banerjee", "Barros", "Bauer", "Becker", "Berg", "Bianchi", "Blum", "Borg", "Brandt", "Campos",
		"Castro", "Chandra", "Costa", "Cruz", "Dahl", "Delgado", "Demir", "Diaz", "Doyle", "Duarte", "Eide", "Engel", "Eriksen", "Falk", "Farkas", "Fischer",
		"Flores", "Frank", "Fuchs", "Garcia", "Gallo", "Ghosh", "Gomes", "Greco", "Haas", "Haddad", "Hansen", "Hayashi", "Hoang", "Holm", "Horvat", "Huang",
		"Ibrahim", "Ito", "Iyer", "Jansen", "Jensen", "Kaya", "Keller", "Kimura", "Klein", "Koch", "Kovac", "Kowalska", "Kumar", "Lang", "Larsen", "Lehmann",
		"Lima", "Lind", "Lopez", "Lund", "Maier", "Marin", "Martins", "Mehta", "Meyer", "Molina", "Moreau", "Mori", "Nair", "Navarro", "Nguyen", "Nowicki",
		"Nunez", "Obi", "Okoye", "Olsen", "Ortiz", "Park", "Patel", "Perez", "Petrov", "Pham", "Pinto", "Popov", "Ramos", "Rao", "Reis", "Rossi", "Ruiz", "Saito",
		"Santos", "Sato", "Schmid", "Silva", "Singh", "Sousa", "Stein", "Suzuki", "Tanaka", "Torres", "Tran", "Vargas", "Vega", "Vogel", "Wagner", "Weiss",
		"Winter", "Wolf", "Yamada", "Yilmaz", "Zhang", "Ziegler",
	}
	levels       = []string{"Junior", "Senior", "Lead", "Regional", "Associate", "Principal"}
	titles       = []string{"Analyst", "Engineer", "Service Manager", "Administrator", "Coordinator", "Architect", "Consultant", "Technician", "Planner", "Buyer"}
	companyKinds = []string{"Networks", "Systems", "Cloud", "Logistics", "Support"}
	departments  = []string{
		"Service desk", "Networks", "Data centre", "Workplace", "Applications", "Databases", "Security", "Cloud platform", "Integration", "Telephony", "Field service",
		"Finance systems", "Warehouse systems", "Payroll", "Procurement", "Facilities", "Customer portal", "Quality", "Architecture", "Release",
	}
	offered = []string{
		"Payroll", "Mail", "Calendar", "Telephony", "Printing", "File storage", "Backup", "Remote access", "Wireless network", "Wired network", "Customer portal",
		"Supplier portal", "Web shop", "Warehouse control", "Transport planning", "Invoicing", "Ledger", "Travel booking", "Expenses", "Recruiting", "Training",
		"Intranet", "Search", "Video meetings", "Chat", "Source code", "Build farm", "Test environments", "Monitoring", "Identity",
	}
	subjects = []string{
		"Access", "Asset", "Availability", "Backup", "Capacity", "Configuration", "Contract", "Cost", "Demand", "Deployment", "Event", "Facility", "Knowledge",
		"Licence", "Monitoring", "Order", "Performance", "Problem", "Project", "Quality", "Release", "Request", "Risk", "Supplier", "Workforce",
	}
	areas   = []string{"Retail", "Freight", "Finance", "Health", "Energy", "Public sector", "Research", "Media"}
	doing   = []string{"Handle", "Review", "Plan", "Approve", "Close", "Report on", "Audit", "Improve", "Prepare", "Measure"}
	objects = []string{"requests", "records", "changes", "plans", "reports", "agreements", "reviews", "deviations"}
	acts    = []string{
		"Log", "Categorise", "Assess", "Prioritise", "Assign", "Investigate", "Diagnose", "Escalate", "Approve", "Schedule", "Prepare", "Build", "Test", "Verify",
		"Document", "Inform", "Hand over", "Restore", "Review", "Close", "Measure", "Report", "Archive", "Compare", "Follow up",
	}
	works = []string{
		"the request", "the record", "the cause", "the impact", "the plan", "the solution", "the users", "the supplier", "the risk", "the configuration item",
		"the agreement", "the report", "the measure", "the deviation", "the workaround", "the owner's decision",
	}
	skills = []string{"analyst", "coordinator", "specialist", "planner", "controller", "technician", "reviewer", "dispatcher"}
	phases = []string{"Take in", "Work", "Decide", "Finish"}
)
