import { createHash } from 'node:crypto';
import { parseJson } from '../body';
import { YES_API_MEMBER, YES_API_SESSION } from './apps';
import { carriedOut, declined, missing, wrongParameters, type Interface } from './outcomes';

const PUBLIC_PARAMETERS = [
	's',
	'service',
	'app_key',
	'sign',
	'_timestamp',
	'uuid',
	'token',
	'return_data',
];

/** What the vendor takes as JSON text. */
const JSON_PARAMETERS = ['where', 'data', 'on'];

const helloWorld: Interface = ({ parameters }) => {
	const given = [...parameters].filter(([name]) => !PUBLIC_PARAMETERS.includes(name));
	return carriedOut({ title: 'Hello World!', parameters: Object.fromEntries(given) });
};

const uploadImage: Interface = ({ parameters, files }) => {
	const file = files.find(({ name }) => name === 'file');
	if (!file) return wrongParameters('缺少上传文件：file');
	const { content, contentType } = file;
	return carriedOut({
		url: `http://cdn.invalid/${encodeURIComponent(parameters.get('file_name') ?? file.fileName)}`,
		type: contentType,
		bytes: content.length,
		sha256: createHash('sha256').update(content).digest('hex'),
	});
};

/** The records of every table. */
const RECORDS = Array.from({ length: 3 }, (_, index) => ({
	id: String(index + 1),
	title: `Record ${index + 1}`,
}));

type Given = Record<string, unknown>;

/** An interface about a table; says back what it was given, with the JSON in it read, and what it found. */
function aboutTable(required: string[], found: (given: Given) => object = () => ({})): Interface {
	return ({ parameters }) => {
		const absent = ['model_name', ...required].find((name) => !parameters.get(name));
		if (absent !== undefined) return missing(absent);
		const given: Given = {};
		for (const [name, value] of parameters) {
			if (PUBLIC_PARAMETERS.includes(name)) continue;
			const isJson = JSON_PARAMETERS.includes(name);
			const read = isJson ? parseJson(value) : value;
			if (isJson && (typeof read !== 'object' || read === null)) {
				return wrongParameters(`参数${name}的JSON数据格式错误`);
			}
			given[name] = read;
		}
		if (given['id'] === '0') return declined(1, '数据不存在');
		return carriedOut({ given, ...found(given) });
	};
}

function pageOf({ page = 1, perpage = 10 }: Given): object {
	const first = (Number(page) - 1) * Number(perpage);
	return { total: RECORDS.length, list: RECORDS.slice(first, first + Number(perpage)) };
}

/** What is the MD5 of a password, as the interfaces about members take it. */
const isHashed = (text = '') => /^[\da-f]{32}$/.test(text);

const register: Interface = ({ parameters }) => {
	if (!parameters.get('username')) return missing('username');
	if (!isHashed(parameters.get('password'))) return wrongParameters('password长度应该等于32');
	return carriedOut({ uuid: YES_API_SESSION.uuid });
};

const logIn: Interface = ({ parameters }) => {
	const { username, password, uuid, sessionToken } = { ...YES_API_MEMBER, ...YES_API_SESSION };
	if (parameters.get('username') !== username) return declined(1, '账号不存在');
	if (parameters.get('password') !== createHash('md5').update(password).digest('hex')) {
		return declined(2, '密码错误');
	}
	return carriedOut({ uuid, token: sessionToken, role: 'user' });
};

/** For who is logged in: the session of a call is checked before. */
const withSession =
	(data: object): Interface =>
	({ parameters }) =>
		parameters.get('uuid') ? carriedOut(data) : missing('uuid');

/** Some of the interfaces that carry no token: they are let in by the signature of the app. */
export const BUSINESS_INTERFACES: Record<string, Interface> = {
	'App.Hello.World': helloWorld,
	'App.CDN.UploadImg': uploadImage,
	'App.User.Login': logIn,
	'App.User.Logout': withSession({}),
	'App.User.Profile': withSession({ info: { username: YES_API_MEMBER.username, role: 'user' } }),
	'App.User.Register': register,
	'App.Platform_MyModels.GetMyModelsList': () =>
		carriedOut({ list: [{ model_name: 'demo', model_desc: '示例' }] }),
	'App.Table.Create': aboutTable(['data'], () => ({ id: '4' })),
	'App.Table.Delete': aboutTable(['id']),
	'App.Table.Get': aboutTable(['id'], ({ id }) => ({ data: RECORDS.find((one) => one.id === id) })),
	'App.Table.Update': aboutTable(['id', 'data']),
	'App.Table.FreeFindOne': aboutTable([]),
	'App.Table.FreeQuery': aboutTable([], pageOf),
	'App.Table.FreeUpdate': aboutTable(['data']),
	'App.Table.FreeDelete': aboutTable(['where']),
	'App.Table.FreeLeftJoinQuery': aboutTable(['join_model_name', 'on']),
};
