import type {
	IDataObject,
	IExecuteFunctions,
	INodeParameterResourceLocator,
	INodeProperties,
} from 'n8n-workflow';

import { InputError } from '../../providers';
import { parseJsonParameter } from '../../nodes/AuthenticatedRequest/read/readParameters';
import { readSwitch } from '../../nodes/shared/choices';
import { EXPRESSION_HINT, readNumber } from '../../nodes/shared/readNumber';

/**
 * The parameters of one item, read and checked. A field of a collection is named with it, e.g.
 * `additionalFields.level`. Each method throws an `InputError` that names the field as the form does.
 */
export class Parameters {
	/** What no message may show. */
	readonly secrets = new Set<string>();

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly itemIndex: number,
		/** The fields of the form. */
		private readonly fields: INodeProperties[],
	) {}

	/** Text without white space around it; `''` when the field is empty. */
	optionalText(name: string): string {
		return this.rawText(name).trim();
	}

	/** Like {@link optionalText}, when it has to be there. */
	text(name: string): string {
		const text = this.optionalText(name);
		if (text !== '') return text;
		throw new InputError(`"${this.label(name)}" is empty`, { description: EXPRESSION_HINT });
	}

	/** Text as it was typed. */
	rawText(name: string): string {
		const value = this.get(name);
		if (typeof value !== 'object' || value === null) return String(value ?? '');
		throw new InputError(`The value of "${this.label(name)}" is not text`, {
			description: EXPRESSION_HINT,
		});
	}

	/** A switch; off when an expression gives nothing. */
	switch(name: string): boolean {
		return readSwitch(this.get(name), this.label(name), false);
	}

	/** A whole number; `undefined` when the field is empty. */
	number(name: string, min = 0): number | undefined {
		const value = this.get(name);
		if (value === undefined || value === null || value === '') return undefined;
		return readNumber(value, this.label(name), min, min, 'whole number');
	}

	/** A number, also one with decimals; `undefined` when the field is empty. */
	decimal(name: string): number | undefined {
		const value = this.get(name);
		if (value === undefined || value === null || value === '') return undefined;
		return readNumber(value, this.label(name), 0, -Infinity);
	}

	/** A time as ISO 8601 in UTC; one without a time zone is in that of the workflow. */
	isoTime(name: string): string {
		const text = this.text(name);
		const time = /^\d{4}-\d\d-\d\d[\dTZ:.+ -]*$/.test(text) ? this.toUtc(text) : null;
		if (typeof time === 'string') return time;
		throw new InputError(`"${this.label(name)}" is not a date and time`, {
			description: 'Give one like 2026-01-21T07:20:00Z.',
		});
	}

	/** Text that no message may show. */
	secretText(name: string): string {
		return this.keepSecret(this.text(name));
	}

	/** A value that no message may show. */
	keepSecret(value: string): string {
		this.secrets.add(value);
		return value;
	}

	/** JSON, as text or as what an expression gave; `undefined` when the field is empty. */
	json(name: string): unknown {
		const value = this.get(name) ?? undefined;
		if (typeof value === 'string' && value.trim() === '') return undefined;
		return parseJsonParameter(value, this.label(name));
	}

	/** A JSON object; `{}` when the field is empty. */
	jsonObject(name: string): IDataObject {
		const value = this.json(name) ?? {};
		if (typeof value === 'object' && !Array.isArray(value)) return value as IDataObject;
		throw new InputError(`The value in the "${this.label(name)}" field must be a JSON object`, {
			description: 'e.g. { "name": "value" }',
		});
	}

	/** Values that are separated by commas, or a list that an expression gave. */
	list(name: string): string[] {
		const value = this.get(name);
		const parts = Array.isArray(value) ? value.map(String) : this.rawText(name).split(',');
		return parts.map((part) => part.trim()).filter((part) => part !== '');
	}

	/** The pairs of a field that `pairsField` made. */
	pairs(name: string): Record<string, string> {
		const rows = (this.get(`${name}.pair`) ?? []) as Array<{ name?: unknown; value?: unknown }>;
		return Object.fromEntries(
			rows
				.map((row) => [String(row.name ?? '').trim(), String(row.value ?? '')] as const)
				.filter(([key]) => key !== ''),
		);
	}

	/** How many entries *Return All* and *Limit* leave. */
	limit(): number {
		return this.switch('returnAll') ? Infinity : (this.number('limit', 1) ?? 50);
	}

	private get(name: string): unknown {
		const value = this.context.getNodeParameter(name, this.itemIndex, null) as unknown;
		// What a resource locator holds.
		const isLocator = typeof value === 'object' && value !== null && '__rl' in value;
		return isLocator ? (value as unknown as INodeParameterResourceLocator).value : value;
	}

	/** By way of an expression, in which n8n knows the time zone of the workflow. */
	private toUtc(text: string): unknown {
		const time = JSON.stringify(text.replace(' ', 'T'));
		return this.context.evaluateExpression(
			`{{ DateTime.fromISO(${time}).toUTC().toISO() }}`,
			this.itemIndex,
		);
	}

	private label(name: string): string {
		let fields = this.fields;
		let label = name;
		for (const part of name.split('.')) {
			const field = fields.find((one) => one.name === part);
			label = field?.displayName ?? label;
			fields = (field?.options ?? []) as INodeProperties[];
		}
		return label;
	}
}
