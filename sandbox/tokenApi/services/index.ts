import type { Service } from '../types';
import { appStoreConnect } from './appStoreConnect';
import { dingTalk } from './dingTalk';
import { directus } from './directus';
import { feishu } from './feishu';
import { fileMaker } from './fileMaker';
import { ghost } from './ghost';
import { gitHubApp } from './gitHubApp';
import { googleServiceAccount } from './googleServiceAccount';
import { jiraDataCenter } from './jiraDataCenter';
import { keycloak } from './keycloak';
import { marketo } from './marketo';
import { odoo } from './odoo';
import { proxmox } from './proxmox';
import { sapBusinessOne } from './sapBusinessOne';
import { shopware } from './shopware';
import { snowflake } from './snowflake';
import { splunk } from './splunk';
import { strapi } from './strapi';
import { synology } from './synology';
import { uniFi } from './uniFi';
import { vCenter } from './vCenter';
import { weChat } from './weChat';
import { zabbix, zabbixBefore64 } from './zabbix';

/** Every service there is, by its name. */
export const SERVICES = {
	appStoreConnect,
	dingTalk,
	directus,
	feishu,
	fileMaker,
	ghost,
	gitHubApp,
	googleServiceAccount,
	jiraDataCenter,
	keycloak,
	marketo,
	odoo,
	proxmox,
	sapBusinessOne,
	shopware,
	snowflake,
	splunk,
	strapi,
	synology,
	uniFi,
	vCenter,
	weChat,
	zabbix,
	zabbixBefore64,
} satisfies Record<string, Service>;

export type ServiceName = keyof typeof SERVICES;
