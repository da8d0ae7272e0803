-- One database a subgraph; each subgraph migrates its own when it starts.
create database buffrsign_auth;
create database buffrsign_documents;
create database buffrsign_signatures;
create database buffrsign_email;
create database buffrsign_ai;
create database buffrsign_admin;
create database buffrsign_workflow;
create database buffrsign_analytics;
create database buffrsign_compliance;
create database buffrsign_crm;
create database buffrsign_integrations;
create database buffrsign_kyc;
create database buffrsign_notifications;
create database buffrsign_registry;
