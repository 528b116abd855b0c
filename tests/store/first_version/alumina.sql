BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
CREATE TABLE feedback (
	team VARCHAR(32) NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	ts VARCHAR(32) NOT NULL, 
	user_id VARCHAR(32) NOT NULL, 
	verdict VARCHAR(8) NOT NULL, 
	question TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	given_at DATETIME NOT NULL, 
	PRIMARY KEY (team, channel, ts, user_id)
);
INSERT INTO "feedback" VALUES('T0LOCAL','C_ALUMINIUM','1795621935.275976','U_BEN','up','alumina exports March 2024','','2026-11-25 12:00:00.000000');
CREATE TABLE figure_pages (
	address VARCHAR(512) NOT NULL, 
	etag TEXT, 
	modified TEXT, 
	read_at DATETIME NOT NULL, 
	PRIMARY KEY (address)
);
INSERT INTO "figure_pages" VALUES('http://127.0.0.1/page','etag',NULL,'2026-11-25 12:00:00.000000');
CREATE TABLE figure_sources (
	id VARCHAR(128) NOT NULL, 
	publisher TEXT NOT NULL, 
	title TEXT NOT NULL, 
	url TEXT NOT NULL, 
	via TEXT NOT NULL, 
	retrieved DATE NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE figure_versions (
	version INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	what TEXT NOT NULL, 
	told BOOLEAN NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "figure_versions" VALUES(1,'2026-11-25 12:00:00.000000','a try',1);
CREATE TABLE figures (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	period VARCHAR(7) NOT NULL, 
	flow VARCHAR(8) NOT NULL, 
	commodity VARCHAR(64) NOT NULL, 
	partner VARCHAR(64) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	measure VARCHAR(16) NOT NULL, 
	value DOUBLE, 
	step DOUBLE, 
	yoy_pct DOUBLE, 
	scope VARCHAR(64) NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	source VARCHAR(128) NOT NULL, 
	published DATE, 
	confirmed_by INTEGER NOT NULL, 
	note TEXT NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	why TEXT NOT NULL, 
	decision TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "figures" VALUES(1,1,'2026-10','export','alumina','','month','value',123456.0,1000.0,20.4,'HS 28182000','bulletin','china-customs-172b3d',NULL,1,'yoy columns apply to the month (they match month, not ytd)','served','','');
INSERT INTO "figures" VALUES(2,1,'2026-10','export','alumina','','month','value',1.0,1000.0,20.4,'HS 28182000','bulletin','china-customs-172b3d',NULL,1,'yoy columns apply to the month (they match month, not ytd)','held','a try','');
CREATE TABLE inbox (
	team VARCHAR(32) NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	ts VARCHAR(64) NOT NULL, 
	thread_ts VARCHAR(32) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	lease_until DATETIME, 
	taken_at DATETIME NOT NULL, 
	PRIMARY KEY (team, channel, ts)
);
INSERT INTO "inbox" VALUES('T0LOCAL','C_ALUMINIUM','1795621934.861370','1795621934.861370','answered',NULL,'2026-11-25 15:52:14.867281');
INSERT INTO "inbox" VALUES('T0LOCAL','C_ALUMINIUM','1795621935.384035','1795621934.861370','answered',NULL,'2026-11-25 15:52:15.386793');
CREATE TABLE posts (
	workspace VARCHAR(32) NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	edition VARCHAR(32) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	holder VARCHAR(32) NOT NULL, 
	lease_until DATETIME, 
	ts VARCHAR(32), 
	changed_at DATETIME NOT NULL, due_at DATETIME, not_before DATETIME, sent_at DATETIME, tries INTEGER DEFAULT '0' NOT NULL, why TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (workspace, channel, kind, edition)
);
INSERT INTO "posts" VALUES('T0LOCAL','C_ALUMINIUM','monthly','2026-07','posted','',NULL,'1795621934.859279','2026-11-25 15:52:14.860855','2026-11-24 15:52:12.763555','2026-11-25 15:52:14.285170','2026-11-25 15:52:14.859279',1,'');
INSERT INTO "posts" VALUES('T0LOCAL','C_ALUMINIUM','bulletin','2026-07','told','',NULL,NULL,'2026-11-25 15:52:12.785170','2026-11-24 15:52:12.763555','2026-11-25 15:52:14.285170',NULL,0,'');
INSERT INTO "posts" VALUES('T0LOCAL','C_ALUMINIUM','query','2026-07','told','',NULL,NULL,'2026-11-25 15:52:12.785170','2026-11-24 15:52:12.763555','2026-11-25 15:52:14.285170',NULL,0,'');
CREATE TABLE subscription_changes (
	id INTEGER NOT NULL, 
	workspace VARCHAR(32) NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	what VARCHAR(16) NOT NULL, 
	"by" VARCHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	detail TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE subscriptions (
	workspace VARCHAR(32) NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	commodities TEXT NOT NULL, 
	at VARCHAR(16) NOT NULL, 
	cron VARCHAR(128) NOT NULL, 
	time VARCHAR(5) NOT NULL, 
	zone VARCHAR(64) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	why TEXT NOT NULL, 
	created_by VARCHAR(32) NOT NULL, 
	changed_by VARCHAR(32) NOT NULL, 
	created_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	PRIMARY KEY (workspace, channel)
);
INSERT INTO "subscriptions" VALUES('T0LOCAL','C_ALUMINIUM','','complete','','09:00','Asia/Shanghai','active','','','','2026-11-24 15:52:12.763544','2026-11-24 15:52:12.763555');
CREATE UNIQUE INDEX one_claim ON posts (workspace, channel) WHERE state = 'claimed';
CREATE INDEX posts_waiting ON posts (workspace, channel, due_at) WHERE state = 'due';
CREATE INDEX changes_of_channel ON subscription_changes (workspace, channel);
CREATE INDEX figures_by_version ON figures (version);
COMMIT;
