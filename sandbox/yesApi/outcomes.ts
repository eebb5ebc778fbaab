import type { Exchange } from '../types';
import type { InterfaceCall, Outcome } from './interfaceCall';

/** What one interface does. */
export type Interface = (call: InterfaceCall, exchange: Exchange) => Outcome;

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

/** A failure of the call. */
export const failed = (ret: number, msg = MESSAGES[ret] ?? '服务器运行错误'): Outcome => ({
	ret,
	msg,
});

/** A call whose parameters cannot be right. */
export const wrongParameters = (why: string) => failed(400, `非法请求：${why}`);

export const missing = (name: string) => wrongParameters(`缺少必要参数${name}`);

/** What an interface that was carried out says. */
export const carriedOut = (data: object): Outcome => ({
	ret: 200,
	data: { err_code: 0, err_msg: '', ...data },
	msg: '',
});

/** An interface that was carried out, and did not succeed. */
export const declined = (errCode: number, message: string): Outcome => ({
	ret: 200,
	data: { err_code: errCode, err_msg: message },
	msg: '',
});
