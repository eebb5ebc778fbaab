import type { YesApiCredentials } from '../../providers/vendors/yesApi/interfaceRequest';

/** The token of the vendor's own document, made by ApplyToken. */
export const SAMPLE_TOKEN =
	'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJodHRwOlwvXC93d3cueWVzYXBpLmNuIiwiYXVkIjoiaHR0cDpcL1wvYXBpLnllc2FwaS5jbiIsInN1YiI6Illlc0FwaSIsInVpZCI6IjEyMzQ1NiIsImlhdCI6MTU2OTQ4MzM1MiwiZXhwIjoxNTY5NTY5NzUyfQ.yP8-CSin9IK-xumj8QhO1rVErm4sX8HL2WvU2Qm5y5k';

/** The one made by ExchangeToken. */
export const SAMPLE_EXCHANGED_TOKEN =
	'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJodHRwOlwvXC93d3cueWVzYXBpLmNuIiwiYXVkIjoiaHR0cDpcL1wvYXBpLnllc2FwaS5jbiIsInN1YiI6Illlc0FwaUVUIiwidWlkIjoiOEFFQTJBRjE5NTFDMDM3NkVDNjY4QTc0QjhDQUE2NEEiLCJpYXQiOjE1Njk0ODM3NzIsImV4cCI6MTY1MDU0NzY3OH0._5MjjbWtii7IFqXB0RfMiBOOoPPCPvUUjoiOoYRIHss';

export const APP_KEY = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

export const APP_SECRET = 'example-secret';

export const UUID = '8AEA2AF1951C0376EC668A74B8CAA64A';

export const SESSION_TOKEN = '56C12A5458793E90E183C64D50D318E450EF7E2F9D413E35645D99662867D41B';

export const CREDENTIALS: YesApiCredentials = {
	baseUrl: 'https://hn216.api.okayapi.com',
	allowedDomains: null,
	allowUnauthorizedCerts: false,
	appKey: APP_KEY,
	appSecret: APP_SECRET,
	signatureMode: 'dynamic',
	pathStyle: 'query',
	signService: false,
	sub: 'YesApi',
	uid: '',
};
