import { IssuedTokens } from '../issuedTokens';
import { json } from '../respond';
import type { Exchange, Surroundings, Vendor } from '../types';
import { appOf, YES_API_SESSION, type YesApiApp } from './apps';
import { BUSINESS_INTERFACES } from './businessInterfaces';
import {
	readInterfaceCall,
	yesApiAnswer,
	yesApiSign,
	type InterfaceCall,
	type Outcome,
} from './interfaceCall';
import { jwtInterfaces } from './jwtInterfaces';
import { declined, failed, wrongParameters } from './outcomes';

const APP_KEY_LENGTH = 32;
const CLOCK_TOLERANCE_SECONDS = 5 * 60;

/** YesApi: an app for each way to sign, and one that has signing switched off. */
export function createYesApi(surroundings: Surroundings): Vendor {
	const { now } = surroundings;
	const tokens = new IssuedTokens();
	const seconds = () => Math.floor(now() / 1000);
	const interfaces = { ...jwtInterfaces(surroundings, tokens), ...BUSINESS_INTERFACES };

	function isSigned({ parameters }: InterfaceCall, app: YesApiApp): boolean {
		const sign = parameters.get('sign');
		if (app.signatureMode === 'static') return sign === app.staticSignSecret;
		return app.signatureMode === 'none' || sign === yesApiSign(parameters, app.appSecret);
	}

	/** What all interfaces check before they do anything. */
	function refuse(call: InterfaceCall, app: YesApiApp | undefined): Outcome | null {
		const { parameters } = call;
		if ((parameters.get('app_key') ?? '').length < APP_KEY_LENGTH) {
			return wrongParameters(`app_key长度应该大于或等于${APP_KEY_LENGTH}`);
		}
		if (!app) return failed(406);
		// Not every client sends it; in one that does, it is the second of the call.
		const timestamp = parameters.get('_timestamp');
		if (timestamp !== undefined && !isNow(timestamp)) return wrongParameters('_timestamp已过期');
		if (!isSigned(call, app)) return failed(409);
		const uuid = parameters.get('uuid') ?? '';
		const session = parameters.get('token') ?? '';
		if (uuid === '' && session === '') return null;
		if (uuid.length !== YES_API_SESSION.uuid.length) {
			return wrongParameters('uuid长度应该等于32');
		}
		if (session.length !== YES_API_SESSION.sessionToken.length) {
			return wrongParameters('token长度应该等于64');
		}
		const isLoggedIn = uuid === YES_API_SESSION.uuid && session === YES_API_SESSION.sessionToken;
		return isLoggedIn ? null : failed(401);
	}

	const isNow = (timestamp: string) =>
		/^\d+$/.test(timestamp) && Math.abs(seconds() - Number(timestamp)) <= CLOCK_TOLERANCE_SECONDS;

	function write(outcome: Outcome, call: InterfaceCall | null) {
		const parameters = call?.parameters;
		const msg = outcome.msg || `小白开放接口：${call?.name}`;
		const secret = appOf(parameters?.get('app_key'))?.appSecret ?? null;
		return yesApiAnswer(
			{ ...outcome, msg },
			secret,
			seconds(),
			parameters?.get('return_data') === '1',
		);
	}

	function answerInterface(call: InterfaceCall, exchange: Exchange) {
		const { name, parameters } = call;
		const perform = Object.hasOwn(interfaces, name) ? interfaces[name] : undefined;
		if (!perform) return write(failed(404, `接口服务${name}不存在`), call);
		const refused = refuse(call, appOf(parameters.get('app_key')));
		return write(refused ?? perform(call, exchange), call);
	}

	return {
		name: 'yesApi',
		prefix: '/yesapi',
		takesExtraSlashes: true,
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
			const outcome =
				errCode === undefined
					? failed(code ?? 500, message)
					: { ...declined(errCode, message ?? '操作失败'), ret: code ?? 200 };
			return write(outcome, readInterfaceCall(exchange));
		},

		expireTokens: () => tokens.expireAll(),
		reset: () => tokens.clear(),
	};
}
