-- Whether one person is away today is asked for each holder of each hat on a page.
CREATE INDEX absence_person ON absence (person_id) INCLUDE (during);
