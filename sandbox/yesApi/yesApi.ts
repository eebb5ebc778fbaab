import { IssuedTokens } from '../issuedTokens';
import { readClaims, signHs256 } from '../jwt';
import { phpJson } from './php';
import { json } from '../respond';
import type { Exchange, Surroundings, Vendor } from '../types';
import {
	readInterfaceCall,
	yesApiAnswer,
	yesApiSign,
	type InterfaceCall,
	type Outcome,
} from './interfaceCall';

interface App {
	appKey: string;
	appSecret: string;
	signatureMode: 'dynamic' | 'none';
}

export const YES_API_APPS: Record<'signed' | 'unsigned', App> = {
	signed: {
		appKey: 'FAKEAPPKEYFAKEAPPKEYFAKEAPPKEY01',
		appSecret: 'fake-yesapi-secret-for-tests',
		signatureMode: 'dynamic',
	},
	unsigned: {
		appKey: 'FAKEAPPKEYFAKEAPPKEYFAKEAPPKEY02',
		appSecret: 'fake-yesapi-secret-2-for-tests',
		signatureMode: 'none',
	},
};

/** The member of the vendor's own example, logged in. */
export const YES_API_SESSION = {
	uuid: '8AEA2AF1951C0376EC668A74B8CAA64A',
	sessionToken: '56C12A5458793E90E183C64D50D318E450EF7E2F9D413E35645D99662867D41B',
};

const SIGNING_KEY = 'fake-yesapi-signing-key-for-tests';
const DEFAULT_SECONDS = 86_400;
const SHORTEST_SECONDS = 10;
const SESSION_SECONDS = 30 * 86_400;
const APP_KEY_LENGTH = 32;
const PUBLIC_PARAMETERS = ['s', 'app_key', 'sign', 'uuid', 'token', 'return_data'];

const MESSAGES: Record<number, string> = {
	400: '非法请求',
	401: 'token已过期，请重新登录',
	402: 'IP地址被禁止访问',
	404: '接口服务不存在',
	406: 'app_key不存在',
	407: 'app_key已过期',
	408: 'app_key请求繁忙',
	409: '签名错误',
	413: '接口流量不足',
	415: '应用已锁定',
	500: '服务器运行错误',
};

const wrongParameters = (why: string): Outcome => ({ ret: 400, msg: `非法请求：${why}` });

/** YesApi: an app that signs its calls and one that has signing switched off. */
export function createYesApi({ now, faults }: Surroundings): Vendor {
	const tokens = new IssuedTokens();
	const seconds = () => Math.floor(now() / 1000);
	const sessionExp = seconds() + SESSION_SECONDS;

	function issue(exchange: Exchange, sub: string, uid: string, exp: number): Outcome {
		const claims = {
			iss: 'http://www.yesapi.cn',
			aud: 'http://api.yesapi.cn',
			sub,
			uid,
			iat: seconds(),
			exp,
		};
		const token = signHs256(phpJson(claims), SIGNING_KEY);
		tokens.add(token, exp * 1000);
		exchange.record.token = token;
		return { ret: 200, data: { err_code: 0, err_msg: '', jwt_token: token }, msg: '' };
	}

	const interfaces: Record<string, (call: InterfaceCall, exchange: Exchange) => Outcome> = {
		'App.Common_Jwt.ApplyToken'({ parameters }, exchange) {
			const expTime = parameters.get('expTime') || String(DEFAULT_SECONDS);
			if (!/^\d+$/.test(expTime) || Number(expTime) < SHORTEST_SECONDS) {
				return wrongParameters(`参数expTime应该大于或等于${SHORTEST_SECONDS}`);
			}
			const exp = seconds() + (faults.yesApi.tokenLifetimeSeconds ?? Number(expTime));
			const sub = parameters.get('sub') || 'YesApi';
			return issue(exchange, sub, parameters.get('uid') ?? '', exp);
		},

		'App.Common_Jwt.VerifyToken'({ parameters }) {
			const token = parameters.get('jwt_token');
			if (!token) return wrongParameters('缺少必要参数jwt_token');
			const codeName = faults.yesApiMisspelledErrCode ? 'err_coce' : 'err_code';
			if (tokens.stateOf(token, now()) !== 'good') {
				const failed = { err_msg: 'jwt_token校验失败', sub: '', uid: '', exp: 0 };
				return { ret: 200, data: { [codeName]: 1, ...failed }, msg: '' };
			}
			const { sub, uid, exp } = readClaims(token);
			return { ret: 200, data: { [codeName]: 0, err_msg: '', sub, uid, exp }, msg: '' };
		},

		'App.Common_Jwt.ExchangeToken'({ parameters }, exchange) {
			const uuid = parameters.get('uuid');
			if (!uuid) return wrongParameters('缺少必要参数uuid');
			const lifetime = faults.yesApi.tokenLifetimeSeconds;
			const exp = lifetime === undefined ? sessionExp : seconds() + lifetime;
			return issue(exchange, 'YesApiET', uuid, exp);
		},

		'App.Hello.World'({ parameters }) {
			const given = [...parameters].filter(([key]) => !PUBLIC_PARAMETERS.includes(key));
			const data = { err_code: 0, err_msg: '', title: 'Hello World!' };
			return { ret: 200, data: { ...data, parameters: Object.fromEntries(given) }, msg: '' };
		},
	};

	/** What all interfaces check before they do anything. */
	function refuse({ parameters }: InterfaceCall, app: App | undefined): Outcome | null {
		const appKey = parameters.get('app_key') ?? '';
		if (appKey.length < APP_KEY_LENGTH) {
			return wrongParameters(`app_key长度应该大于或等于${APP_KEY_LENGTH}`);
		}
		if (!app) return { ret: 406, msg: 'app_key不存在' };
		const expected = yesApiSign(parameters, app.appSecret);
		if (app.signatureMode === 'dynamic' && parameters.get('sign') !== expected) {
			return { ret: 409, msg: '签名错误' };
		}
		const uuid = parameters.get('uuid') ?? '';
		const session = parameters.get('token') ?? '';
		if (uuid === '' && session === '') return null;
		if (uuid.length !== YES_API_SESSION.uuid.length) {
			return wrongParameters('uuid长度应该等于32');
		}
		if (session.length !== YES_API_SESSION.sessionToken.length) {
			return wrongParameters('token长度应该等于64');
		}
		if (uuid !== YES_API_SESSION.uuid || session !== YES_API_SESSION.sessionToken) {
			return { ret: 401, msg: 'token已过期，请重新登录' };
		}
		return null;
	}

	const appOf = ({ parameters }: InterfaceCall): App | undefined =>
		Object.values(YES_API_APPS).find(({ appKey }) => appKey === parameters.get('app_key'));

	function answerInterface(call: InterfaceCall, exchange: Exchange) {
		const { name, parameters } = call;
		const isForm = ['GET', 'POST'].includes(exchange.record.method);
		const perform = Object.hasOwn(interfaces, name) ? interfaces[name] : undefined;
		const app = appOf(call);
		let outcome: Outcome;
		if (!isForm) outcome = wrongParameters('请使用GET或POST');
		else if (!perform) outcome = { ret: 404, msg: `接口服务${name}不存在` };
		else outcome = refuse(call, app) ?? perform(call, exchange);
		const msg = outcome.msg || `小白开放接口：${name}`;
		const dataOnly = parameters.get('return_data') === '1';
		return yesApiAnswer({ ...outcome, msg }, app?.appSecret ?? null, seconds(), dataOnly);
	}

	return {
		name: 'yesApi',
		prefix: '/yesapi',
		kindOf(exchange) {
			const isJwt = readInterfaceCall(exchange)?.name.startsWith('App.Common_Jwt.');
			return isJwt ? 'token' : 'business';
		},

		answerToken(exchange) {
			const call = readInterfaceCall(exchange);
			return call ? answerInterface(call, exchange) : json(404, {});
		},

		/** Business calls with a JWT go to the user's own server, so this refusal is its own. */
		authorize(exchange) {
			if (readInterfaceCall(exchange)) return null;
			const token = /^Bearer (\S+)$/.exec(exchange.headers.authorization ?? '')?.[1];
			if (token !== undefined && tokens.stateOf(token, now()) === 'good') return null;
			return json(401, { message: 'Unauthorized' }, { 'WWW-Authenticate': 'Bearer' });
		},

		answerBusiness(exchange) {
			const call = readInterfaceCall(exchange);
			return call ? answerInterface(call, exchange) : null;
		},

		refuse({ code, errCode, message }, exchange) {
			const call = readInterfaceCall(exchange);
			const secret = (call && appOf(call)?.appSecret) ?? null;
			const data = errCode === undefined ? {} : { err_code: errCode, err_msg: message ?? '' };
			const ret = code ?? (errCode === undefined ? 500 : 200);
			return yesApiAnswer(
				{ ret, data, msg: message ?? MESSAGES[ret] ?? '' },
				secret,
				seconds(),
				false,
			);
		},

		expireTokens: () => tokens.expireAll(),
		reset: () => tokens.clear(),
	};
}
