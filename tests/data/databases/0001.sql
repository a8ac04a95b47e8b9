-- A database as the first version of the program left it, dumped.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE assignment (
	plan_id INTEGER NOT NULL, 
	point_id INTEGER, 
	code VARCHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	confirmed BOOLEAN NOT NULL, 
	measure VARCHAR NOT NULL, 
	target VARCHAR NOT NULL, 
	lead_id INTEGER, 
	lead_reason VARCHAR NOT NULL, 
	leader VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	contact VARCHAR NOT NULL, 
	deadline_text VARCHAR NOT NULL, 
	deadline_on DATE, 
	deadline_kind VARCHAR(20) NOT NULL, 
	task_state VARCHAR(20) NOT NULL, 
	report_state VARCHAR(20) NOT NULL, 
	percent INTEGER, 
	note VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_assignment_lead_id_unit FOREIGN KEY(lead_id) REFERENCES unit (id), 
	CONSTRAINT fk_assignment_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id), 
	CONSTRAINT fk_assignment_point_id_work_point FOREIGN KEY(point_id) REFERENCES work_point (id), 
	CONSTRAINT uq_assignment_code UNIQUE (code)
);
CREATE TABLE assignment_unit (
	assignment_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_assignment_unit_assignment_id_assignment FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	CONSTRAINT fk_assignment_unit_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
);
CREATE TABLE audit_row (
	batch_id INTEGER NOT NULL, 
	table_name VARCHAR(40) NOT NULL, 
	row_id INTEGER NOT NULL, 
	"before" JSON, 
	"after" JSON, 
	digest VARCHAR(64) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_audit_row_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
);
CREATE TABLE batch (
	at DATETIME NOT NULL, 
	operator VARCHAR NOT NULL, 
	operation VARCHAR(60) NOT NULL, 
	title VARCHAR NOT NULL, 
	undoes_id INTEGER, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_batch_undoes_id_batch FOREIGN KEY(undoes_id) REFERENCES batch (id)
);
INSERT INTO "batch" VALUES('2021-05-06 09:30:00.000000','李四','plans.store','導入「清江縣2021年政務公開工作要點」：1 個計劃、2 條要點',NULL,1);
CREATE TABLE counterpart (
	superior_id INTEGER NOT NULL, 
	county_id INTEGER, 
	position INTEGER NOT NULL, 
	note VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_counterpart_county_id_unit FOREIGN KEY(county_id) REFERENCES unit (id), 
	CONSTRAINT fk_counterpart_superior_id_unit FOREIGN KEY(superior_id) REFERENCES unit (id), 
	CONSTRAINT uq_counterpart_superior_id_position UNIQUE (superior_id, position)
);
CREATE TABLE "plan" (
	document_id INTEGER, 
	title VARCHAR NOT NULL, 
	year INTEGER NOT NULL, 
	mark VARCHAR(8) NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_plan_document_id_source_document FOREIGN KEY(document_id) REFERENCES source_document (id), 
	CONSTRAINT uq_plan_year_mark UNIQUE (year, mark)
);
INSERT INTO "plan" VALUES(1,'清江縣2021年政務公開工作要點',2021,'政7',1,1);
CREATE TABLE point_deadline (
	point_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	date DATE, 
	kind VARCHAR(20) NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_point_deadline_point_id_work_point FOREIGN KEY(point_id) REFERENCES work_point (id)
);
CREATE TABLE point_mark (
	point_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	text VARCHAR NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	settled BOOLEAN NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_point_mark_point_id_work_point FOREIGN KEY(point_id) REFERENCES work_point (id)
);
CREATE TABLE point_unit (
	point_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	name VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_point_unit_point_id_work_point FOREIGN KEY(point_id) REFERENCES work_point (id)
);
CREATE TABLE progress_entry (
	assignment_id INTEGER NOT NULL, 
	unit_id INTEGER, 
	period VARCHAR(7) NOT NULL, 
	percent INTEGER, 
	state VARCHAR(20), 
	text VARCHAR NOT NULL, 
	problem VARCHAR NOT NULL, 
	next_step VARCHAR NOT NULL, 
	finished_on DATE, 
	source VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_progress_entry_assignment_id_assignment FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	CONSTRAINT fk_progress_entry_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
);
CREATE TABLE section (
	plan_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_section_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id)
);
INSERT INTO "section" VALUES(1,1,'一、公開',1);
CREATE TABLE setting (
	name VARCHAR(60) NOT NULL, 
	value JSON NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_setting_name UNIQUE (name)
);
CREATE TABLE source_document (
	title VARCHAR NOT NULL, 
	doc_no VARCHAR NOT NULL, 
	issuer VARCHAR NOT NULL, 
	issued_on DATE, 
	published_on DATE, 
	secrecy VARCHAR NOT NULL, 
	imported_at DATETIME NOT NULL, 
	file_id INTEGER NOT NULL, 
	text_id INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_source_document_file_id_stored_file FOREIGN KEY(file_id) REFERENCES stored_file (id), 
	CONSTRAINT fk_source_document_text_id_stored_file FOREIGN KEY(text_id) REFERENCES stored_file (id)
);
INSERT INTO "source_document" VALUES('清江縣2021年政務公開工作要點','清政辦發〔2021〕7號','清江縣人民政府辦公室','2021-05-06',NULL,'','2021-05-06 09:30:00.000000',1,1,1);
CREATE TABLE standing_unit (
	plan_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_standing_unit_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id)
);
CREATE TABLE stored_file (
	sha256 VARCHAR(64) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	size INTEGER NOT NULL, 
	content BLOB NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_stored_file_sha256 UNIQUE (sha256)
);
INSERT INTO "stored_file" VALUES('7542f82216fb5df4a1c204528b42b8191f9775794f6a5dba93638c95ba0b390b','要點.txt',40,X'E6B885E6B19FE7B8A332303231E5B9B4E694BFE58B99E585ACE9968BE5B7A5E4BD9CE8A681E9BB9E',1);
CREATE TABLE unit (
	name VARCHAR NOT NULL, 
	folded VARCHAR NOT NULL, 
	level VARCHAR(20) NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	position INTEGER NOT NULL, 
	leader VARCHAR NOT NULL, 
	telephone VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	began_on DATE, 
	ended_on DATE, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_unit_folded UNIQUE (folded)
);
INSERT INTO "unit" VALUES('清江縣財政局','清江县财政局','county','',1,'','','','',NULL,NULL,1);
CREATE TABLE unit_alias (
	unit_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	folded VARCHAR NOT NULL, 
	until DATE, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_unit_alias_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id), 
	CONSTRAINT uq_unit_alias_folded UNIQUE (folded)
);
CREATE TABLE unit_contact (
	unit_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	duty VARCHAR NOT NULL, 
	telephone VARCHAR NOT NULL, 
	email VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_unit_contact_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
);
CREATE TABLE unit_reform (
	unit_id INTEGER NOT NULL, 
	into_id INTEGER, 
	kind VARCHAR(20) NOT NULL, 
	"on" DATE NOT NULL, 
	old_name VARCHAR NOT NULL, 
	new_name VARCHAR NOT NULL, 
	basis VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_unit_reform_into_id_unit FOREIGN KEY(into_id) REFERENCES unit (id), 
	CONSTRAINT fk_unit_reform_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id)
);
CREATE TABLE work_point (
	plan_id INTEGER NOT NULL, 
	section_id INTEGER, 
	position INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	number VARCHAR(40) NOT NULL, 
	text VARCHAR NOT NULL, 
	by_duty BOOLEAN NOT NULL, 
	source_start INTEGER NOT NULL, 
	source_end INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_work_point_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id), 
	CONSTRAINT fk_work_point_section_id_section FOREIGN KEY(section_id) REFERENCES section (id), 
	CONSTRAINT uq_work_point_plan_id_ordinal UNIQUE (plan_id, ordinal)
);
INSERT INTO "work_point" VALUES(1,1,1,1,'(一)','規範公開。',0,0,4,1);
INSERT INTO "work_point" VALUES(1,1,2,2,'(二)','加強解讀。',1,4,8,2);
CREATE INDEX ix_batch_undoes_id ON batch (undoes_id);
CREATE INDEX ix_audit_row_batch_id ON audit_row (batch_id);
CREATE INDEX ix_counterpart_county_id ON counterpart (county_id);
CREATE INDEX ix_counterpart_superior_id ON counterpart (superior_id);
CREATE INDEX ix_source_document_file_id ON source_document (file_id);
CREATE INDEX ix_source_document_text_id ON source_document (text_id);
CREATE INDEX ix_unit_alias_unit_id ON unit_alias (unit_id);
CREATE INDEX ix_unit_contact_unit_id ON unit_contact (unit_id);
CREATE INDEX ix_unit_reform_into_id ON unit_reform (into_id);
CREATE INDEX ix_unit_reform_unit_id ON unit_reform (unit_id);
CREATE INDEX ix_plan_document_id ON "plan" (document_id);
CREATE INDEX ix_section_plan_id ON section (plan_id);
CREATE INDEX ix_standing_unit_plan_id ON standing_unit (plan_id);
CREATE INDEX ix_work_point_plan_id ON work_point (plan_id);
CREATE INDEX ix_work_point_section_id ON work_point (section_id);
CREATE INDEX ix_assignment_lead_id ON assignment (lead_id);
CREATE INDEX ix_assignment_plan_id ON assignment (plan_id);
CREATE INDEX ix_assignment_point_id ON assignment (point_id);
CREATE INDEX ix_point_deadline_point_id ON point_deadline (point_id);
CREATE INDEX ix_point_mark_point_id ON point_mark (point_id);
CREATE INDEX ix_point_unit_point_id ON point_unit (point_id);
CREATE INDEX ix_assignment_unit_assignment_id ON assignment_unit (assignment_id);
CREATE INDEX ix_assignment_unit_unit_id ON assignment_unit (unit_id);
CREATE INDEX ix_progress_entry_assignment_id ON progress_entry (assignment_id);
CREATE INDEX ix_progress_entry_unit_id ON progress_entry (unit_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('batch',1);
INSERT INTO "sqlite_sequence" VALUES('stored_file',1);
INSERT INTO "sqlite_sequence" VALUES('source_document',1);
INSERT INTO "sqlite_sequence" VALUES('plan',1);
INSERT INTO "sqlite_sequence" VALUES('section',1);
INSERT INTO "sqlite_sequence" VALUES('work_point',2);
INSERT INTO "sqlite_sequence" VALUES('unit',1);
COMMIT;
