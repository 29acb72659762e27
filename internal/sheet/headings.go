package sheet

// headings are the known headings of each field, compacted (see compact),
// the surest first, in the languages that such lists came in.
var headings = map[Field]string{
	ExternalID: "employeeid empid externalid personid staffid workerid employeenumber employeeno empno personnelnumber personnelno staffnumber staffno " +
		"payrollnumber associateid userid uid id number no nr personalnummer personalnr mitarbeiternummer mitarbeiterid mitarbeiterkennung personenkennung personalkennung kennung matricule matriculeemploye " +
		"identifiant numeroempleado noempleado idempleado legajo matricula codigo codigoempleado codigodeempleado numerodematricula idfuncionario employe matricola personeelsnummer anstallningsnummer " +
		"numerpracownika табельныйномер 社員番号 従業員番号 社員コード 社員id 工号 員工編號 员工编号 员工号 사번 사원번호 " +
		"persno persnr hrid hrnumber workernumber associatenumber globalid ansattnummer medarbejdernummer henkilonumero tyontekijanumero osobnicislo nrpracownika numerpersonalny sicilno sicilnumarasi törzsszám marca αριθμοςμητρωου מספרעובד מספרעובד الرقمالوظيفي رقمالموظف табельнийномер",
	FullName: "fullname displayname employeename personname staffname workername name person employee namevollstandig vollstandigername mitarbeiter " +
		"mitarbeitername nomcomplet nometprenom nomprenom nombrecompleto nombreyapellidos nomecompleto colaborador funcionario worker associate " +
		"namevorname nachnamevorname vornamenachname volledigenaam imieinazwisko cognomeenome фио 氏名 社員名 姓名 员工姓名 이름 성명 " +
		"cn commonname namelastfirst fulllegalname legalname nimi kokonimi celejmeno jmenoaprijmeni adsoyad adisoyadi isimsoyisim teljesnev nev numesiprenume numecomplet navn fulltnavn fuldenavn namn fullstandigtnamn ονοματεπωνυμο שם שםמלא الاسم الاسمالكامل اسمالموظف піб повнеімя прізвищеімятапобатькові фамилияимяотчество nominativo nomeecognome apellidoynombre apellidosynombres apellidosynombre apellidonombre nombreapellido nombresyapellidos nameandtitle nameandposition ansprechpartner ansprechpartnerin ansprechperson kontaktperson kontakt contactname contactperson contact interlocuteur contacto maintainername contributorname committername membername maintainer committer member teammember",
	GivenName: "firstname givenname forename fname first given preferredname vorname rufname prenom prenoms nombre nombres primeironome prenome " +
		"voornaam fornamn fornavn imie имя nome " +
		"preferredfirstname legalfirstname etunimi jmeno krestnijmeno adı ad isim keresztnev utonev prenume ονομα שםפרטי الاسمالأول імя",
	FamilyName: "lastname familyname surname lname last family secondname nachname familienname zuname nomdefamille nom apellido apellidos " +
		"sobrenome ultimonome apelido achternaam efternamn efternavn etternavn nazwisko cognome фамилия " +
		"sn legallastname sukunimi prijmeni soyadı soyad soyisim vezeteknev csaladnev nume numedefamilie επωνυμο שםמשפחה اسمالعائلة اللقب прізвище primerapellido apellidopaterno apellido1",
	Particle:     "tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels namensvorsatz vorsatzwort particule",
	MiddleName:   "middlename middlenames middle middleinitial middleinitials mi secondgivenname secondforename othernames othergivennames nombre2 segundonombre deuxiemeprenom autresprenoms zweitername zweitervorname weiterevornamen secondonome segundonome drugieimie patronymic patronymicname отчество побатькові",
	SecondFamily: "segundoapellido apellidomaterno apellido2 secondlastname secondfamilyname",
	Email: "email emailaddress workemail businessemail mail mailaddress companyemail primaryemail userprincipalname upn primarysmtpaddress smtpaddress primarysmtp windowsemailaddress emailwork mailadresse emailadresse courriel " +
		"adressemail adresseemail adresseelectronique correo correoelectronico correoe emailcorporativo enderecodeemail epost adresemail почта электроннаяпочта " +
		"メールアドレス メール 邮箱 电子邮件 電子郵件 电子邮箱 이메일 " +
		"emailadres emailadresa eposta epostadresi epostadress epostadresse mailadress sahkoposti sahkopostiosoite emailcim emailprofessionnel mailprofessionnel emailaziendale emailprofissional emailinstitucional correocorporativo correoempresarial correodetrabajo dienstlicheemail geschaftlicheemail emaildienstlich workmail officialemail officeemail login username ηλεκτρονικηδιευθυνση דואל דואראלקטרוני البريدالإلكتروني البريدالالكتروني электроннаяпочта електроннапошта имейл emailid mailid",
	Phone: "handynummer mobilnummer mobiltelefon phone phonenumber workphone businessphone telephone telephonenumber mobile mobilephone mobilenumber cell cellphone extension tel telefon " +
		"telefonnummer rufnummer handy mobil portable telefono movil celular telefone telemovel telefoonnummer телефон 電話番号 电话 手机 電話 전화번호 휴대폰 " +
		"bizphone primaryphone phonework officephone workphonenumber numerodetelephone numerodetelefono festnetz telefonfestnetz telefonmobil officenumber cellnumber mobileno phoneno contactno contactnumber festnetznummer durchwahl telefonefixe telephonefixe telfixe puhelin puhelinnumero telefonszam telefonnummer τηλεφωνο טלפון الهاتف رقمالهاتف",
	NameTitle: "nametitle titleofname titelvorgestellt vorangestelltertitel titlebefore titulpred titulpredjmenem akademischertitel akadtitel akademischergrad akadgrad namenstitel doktortitel nameprefix honorific honorificprefix courtesytitle titulo academictitle tytul tytulnaukowy",
	Title: "titel jobtitle organizationtitle organisationtitle title positiontitle position job jobname jobrole designation occupation function jobid jobcode positionid role stelle planstelle " +
		"stellenbezeichnung funktion berufsbezeichnung poste fonction intituledeposte puesto puestoactual cargo cargoatual cargoactual currenttitle currentposition currentrole posteactuel aktuelleposition profesion businesstitle employeetitle worktitle functie " +
		"stanowisko qualifica должность 役職 職位 职位 职务 職務 직위 직책 직급 " +
		"workerjobtitle jobprofile positionname befattning stilling stillingsbetegnelse tehtavanimike nimike pracovnipozice pozice funkce unvan gorevi pozisyon beosztas munkakor functie functia mansione ruolo ruoloaziendale puestodetrabajo cargoactual θεση τιτλος תפקיד المسمىالوظيفي المنصب الوظيفة посада должностьсотрудника görev görevi gorev ünvan unvani rolle rol papel ruolo roleinteam positiontitle dienststellung amtsbezeichnung funcion funcao funzione titles currentrole currentposition primaryrole jobposition positioninderfirma",
	Department: "fachbereich orgeinheit department departmentname dept deptname orgunit organizationalunit organisationalunit unit division businessunit departmentid kostenstellenbezeichnung kstbezeichnung " +
		"deptid deptcode costcenter costcentre abteilung bereich organisationseinheit departement service departamento area setor supervisoryorganization " +
		"afdeling avdelning avdeling dzial reparto отдел подразделение 部署 所属 部门 部門 부서 " +
		"orgunitpath orgunitname departmenttitle afdeling avdeling osasto yksikko oddeleni utvar departman bölüm birim osztaly szervezetiegyseg departament dział jednostkaorganizacyjna unitaorganizzativa dipartimento areadepartamento τμημα διευθυνση מחלקה القسم الإدارة відділ підрозділ департамент структурноеподразделение",
	Location: "location office officelocation site worklocation workplace branch building locationname campus city town locationcity officecity " +
		"standort arbeitsort buro niederlassung lieu lieudetravail bureau ville ubicacion oficina ciudad sede localizacao localidade escritorio cidade ort stadt " +
		"locatie lokalizacja 勤務地 拠点 工作地点 办公地点 근무지 " +
		"physicaldeliveryofficename l homeoffice dutystation siteofwork lokation lokasjon arbeidssted arbejdssted tjanstestalle toimipaikka paikkakunta pracoviste misto lokalita isyeri sehir telephely locatie locatia sededilavoro localdetrabalho localtrabalho centrodetrabajo lugardetrabajo lieuaffectation site miejscepracy τοποθεσια מיקום الموقع مكانالعمل місто город офис филиал местоработы площадка",
	Region: "region regionname geo geography country countryname territory locationcountry worklocationcountry state locationstate province land pays " +
		"etat pais estado provincia bundesland regiao 国家 國家 国 地区 地域 国籍地区 국가 지역 страна регион країна ülke ulke kraj paese landet",
	EmployedFrom: "beginntatigkeit beginntaetigkeit tatigkeitsbeginn beschaftigungsbeginn vertragsbeginn dienstantritt dienstbeginn anstellungsdatum einstellungsdatum einstellungam employedfrom hiredate dateofhire startdate dateofjoining joiningdate joindate hiredon hired employmentdate employmentstart " +
		"employmentstartdate datestarted begindate datehired entrydate originalhiredate validfrom eintritt eintrittsdatum eintrittam beschaftigtseit dateembauche datedembauche " +
		"datedentree dateentree 入社日 入社年月日 入职日期 入職日期 입사일 датаприема datumindiensttreding datazatrudnienia anstalld fechadeingreso fechaingreso fechadecontratacion fechacontratacion fechadealta datadeadmissao dataadmissao admissao datadecontratacao " +
		"firstday firstdayemployed firstdayofwork employmentstartdate datejoined joined companystartdate servicedate continuousservicedate anstallningsdatum ansattdato ansettelsesdato ansættelsesdato tiltredelse tiltrædelsesdato aloituspaiva tyosuhdealkaa datumnastupu nastup işegiriştarihi girişdatum belepesdatuma belepes dataangajarii dataassunzione datadiassunzione assuntoil dataentrata datumindienst indienstdatum indienst datazatrudnienia dataprzyjecia datadeinicio datadeadmissão ημερομηνιαπροσληψης תאריךתחילתעבודה تاريخالتعيين تاريخالتوظيف تاريخالالتحاق датаприйому датаприёма 雇用日 入社年月 датаприеманаработу дататрудоустройства датаначалаработы датанайма fechainicio fechadeinicio fechainiciocontrato fechadeiniciodecontrato fechaalta fechaincorporacion fechadeincorporacion fechainiciolaboral datainicio datainizio",
	EmployedTo: "endetatigkeit endetaetigkeit tatigkeitsende beschaftigungsende vertragsende dienstende employedto terminationdate termdate dateoftermination enddate lastday lastdayemployed lastworkingday leavingdate leavedate dateleft " +
		"exitdate employmentend employmentenddate separationdate contractend contractenddate validto austritt austrittsdatum austrittam beschaftigtbis datedesortie datesortie datedefin " +
		"datededepart 退職日 离职日期 離職日期 퇴사일 датаувольнения datumuitdiensttreding datazwolnienia fechadebaja fechabaja fechadesalida fechasalida fechadecese datadedemissao datademissao datadesaida desligamento datadedesligamento " +
		"lastdayofwork lastdayofemployment lastdateofemployment relievingdate dateofexit resignationdate dateofleaving employmentended enddateofemployment slutdatum anstallningupphor sluttdato fratredelse fratrædelsesdato slutdato paattymispaiva tyosuhdepaattyy datumukonceni datumvystupu iştençıkıştarihi istencikistarihi cikistarihi kilepesdatuma kilepes dataplecarii dataincetarii datacessazione dataduscita cessatoil datumuitdienst uitdienstdatum uitdienst datazwolnienia datazakonczenia ημερομηνιααποχωρησης תאריךסיוםעבודה تاريخانتهاءالخدمة تاريخالمغادرة датазвільнення датаувольнения 退社日 退職年月日 датаокончанияработы fechafincontrato fechafindecontrato fechafin fechadefin fechaegreso fechadeegreso fechatermino",
	ManagerID: "managerid manageremployeeid managernumber managerno supervisorid reportstoid linemanagerid bossid mgrid managerempid " +
		"vorgesetztennummer vorgesetztenid idmanager matriculemanager idjefe idgestor " +
		"managerpersonnelnumber supervisornumber supervisorempid reportstonumber vorgesetzterpersnr vorgesetzterpersonalnummer",
	ManagerName: "managername manager linemanager linemanagername supervisor supervisorname reportsto reportstoname boss mgr directmanager " +
		"vorgesetzter vorgesetzte vorgesetzternamen fuhrungskraft responsable responsablehierarchique superieur superieurhierarchique nplus1 n1 jefe jefedirecto supervisora gestor chefia chefe " +
		"leidinggevende chef narmastechef przelozony responsabilediretto руководитель 上司 上長 直属上司 直属上级 上级 主管 經理 经理 상사 관리자 " +
		"reportingto reportingmanager directsupervisor immediatesupervisor workersmanager managersname supervisorsname teamleader leder narmesteleder nærmesteleder overordnet chef narmastechef esimies esihenkilo nadrizeny vedouci yoneticisi yönetici müdürü felettes vezeto seful sefdirect responsabile superiore capo supervisoredireto gestorimediato superiorimediato jefeinmediato supervisordirecto przełożony kierownik προισταμενος מנהל מנהלישיר المدير المديرالمباشر керівник",
	ManagerEmail: "manageremail manageremailaddress supervisoremail linemanageremail reportstoemail managermail managerupn emailmanager " +
		"vorgesetztenemail emaildumanager correojefe correodeljefe emaildogestor",
	Company: "company companyname employer affiliation affiliations companyaffiliation affiliatedorganization affiliatedorganisation currentemployer legalentity entity organisation organization vendor supplier firma gesellschaft unternehmen arbeitgeber " +
		"societe entreprise empresa compania companhia",
	ManagerGiven:  "managerfirstname managergivenname managerforename supervisorfirstname vorgesetztervorname vornamevorgesetzter prenommanager managerprenom prenomdumanager prenomresponsable",
	ManagerFamily: "managerlastname managersurname managerfamilyname supervisorlastname supervisorsurname vorgesetzternachname nachnamevorgesetzter nommanager managernom nomdumanager nomresponsable apellidojefe",
	AccountState:  "aktiv aktivinaktiv activeinactive actif activo ativo attivo actief aktywny accountenabled enabled accountstatus userstatus useraccountcontrol accountdisabled disabled suspended deactivated isactive active isenabled issuspended statusreadonly employeestatus staffstatus workerstatus mitarbeiterstatus status",
}

// weak headings are taken only where nothing better claims the field.
var weak = words("titel titulo tytul aktiv actif activo ativo attivo actief aktywny middle mi contact contacto kontakt interlocuteur rolle rol papel ruolo nametitle cn login username userprincipalname upn division orgunitpath orgunitname nume l leder capo homeoffice servicedate marca ad имя codigo kennung id number no nr uid person employee mitarbeiter colaborador funcionario title job first last given family nom nombre " +
	"role orgeinheit unit area service function position cell extension affiliation affiliations bureau " +
	"branch city town locationcity officecity cidade ciudad ville ort stadt state locationstate province land etat estado provincia bundesland " +
	"nome имя worker associate chef n1 preferredname rufname responsable organisation organization entity mobile mobilephone mobilenumber status active")

// codes are headings of keys into other tables: taken where no words are.
var codes = words("jobid jobcode positionid departmentid deptid deptcode costcenter costcentre")
