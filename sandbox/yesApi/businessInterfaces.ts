import { createHash } from 'node:crypto';
import { parseJson } from '../body';
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

/** An interface about a table; says back what it was given, with the JSON in it read. */
function aboutTable(...required: string[]): Interface {
	return ({ parameters }) => {
		const absent = ['model_name', ...required].find((name) => !parameters.get(name));
		if (absent !== undefined) return missing(absent);
		const given: Record<string, unknown> = {};
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
		return carriedOut({ given });
	};
}

/** Some of the interfaces that carry no token: they are let in by the signature of the app. */
export const BUSINESS_INTERFACES: Record<string, Interface> = {
	'App.Hello.World': helloWorld,
	'App.CDN.UploadImg': uploadImage,
	'App.Platform_MyModels.GetMyModelsList': () =>
		carriedOut({ list: [{ model_name: 'demo', model_desc: '示例' }] }),
	'App.Table.Create': aboutTable('data'),
	'App.Table.Get': aboutTable('id'),
	'App.Table.Update': aboutTable('id', 'data'),
	'App.Table.FreeFindOne': aboutTable(),
	'App.Table.FreeQuery': aboutTable(),
	'App.Table.FreeUpdate': aboutTable('data'),
	'App.Table.FreeDelete': aboutTable('where'),
	'App.Table.FreeLeftJoinQuery': aboutTable('join_model_name', 'on'),
};
