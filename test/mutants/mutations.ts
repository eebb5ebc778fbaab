import ts from 'typescript';

/** One change of a source that a test should notice. */
export interface Mutation {
	/** Of the text that is replaced. */
	start: number;
	end: number;
	by: string;
	line: number;
}

const SWAPPED: Partial<Record<ts.SyntaxKind, string[]>> = {
	[ts.SyntaxKind.EqualsEqualsEqualsToken]: ['!=='],
	[ts.SyntaxKind.ExclamationEqualsEqualsToken]: ['==='],
	[ts.SyntaxKind.LessThanToken]: ['<=', '>'],
	[ts.SyntaxKind.LessThanEqualsToken]: ['<', '>='],
	[ts.SyntaxKind.GreaterThanToken]: ['>=', '<'],
	[ts.SyntaxKind.GreaterThanEqualsToken]: ['>', '<='],
	[ts.SyntaxKind.PlusToken]: ['-'],
	[ts.SyntaxKind.MinusToken]: ['+'],
	[ts.SyntaxKind.AsteriskToken]: ['/'],
	[ts.SyntaxKind.SlashToken]: ['*'],
	[ts.SyntaxKind.PlusEqualsToken]: ['-='],
	[ts.SyntaxKind.MinusEqualsToken]: ['+='],
	[ts.SyntaxKind.AmpersandAmpersandToken]: ['||'],
	[ts.SyntaxKind.BarBarToken]: ['&&'],
};

/** Calls of these methods are taken out of a chain. */
const DROPPED =
	/^(trim|trimEnd|trimStart|filter|slice|sort|reverse|flat|toLowerCase|toUpperCase|replace|replaceAll)$/;

/** A text that only people read: what it says is for the tests of the documents. */
const SENTENCE = /[a-z] [a-z]/i;

/**
 * Every change of a source that this knows: conditions made true or false, operands and operators, numbers by one,
 * texts, statements, returned values, elements, members and calls taken out.
 */
export function mutationsOf(path: string, text: string): Mutation[] {
	const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
	const found: Mutation[] = [];
	const add = (node: ts.Node, ...replacements: string[]) => {
		const start = node.getStart(source);
		const line = source.getLineAndCharacterOfPosition(start).line + 1;
		for (const by of replacements) found.push({ start, end: node.getEnd(), by, line });
	};
	const visit = (node: ts.Node): void => {
		if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) {
			return;
		}
		mutate(node, add);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

function mutate(node: ts.Node, add: (node: ts.Node, ...replacements: string[]) => void): void {
	if (ts.isBinaryExpression(node)) {
		const { operatorToken, left, right } = node;
		add(operatorToken, ...(SWAPPED[operatorToken.kind] ?? []));
		const isLogical = [
			ts.SyntaxKind.AmpersandAmpersandToken,
			ts.SyntaxKind.BarBarToken,
			ts.SyntaxKind.QuestionQuestionToken,
		].includes(operatorToken.kind);
		if (isLogical) add(node, left.getText(), right.getText());
	} else if (ts.isIfStatement(node)) add(node.expression, 'true', 'false');
	else if (ts.isConditionalExpression(node)) add(node.condition, 'true', 'false');
	else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
		add(node, node.operand.getText());
	} else if (ts.isNumericLiteral(node)) {
		const value = Number(node.text);
		add(node, String(value + 1), String(value - 1));
	} else if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
		if (!SENTENCE.test(node.text)) add(node, node.text === '' ? "'mutant'" : "''");
	} else if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'false');
	else if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'true');
	else if (ts.isExpressionStatement(node) || ts.isThrowStatement(node)) add(node, ';');
	else if (ts.isArrayLiteralExpression(node)) {
		for (const element of node.elements) add(element, '');
	} else if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) add(node, '');
	else if (ts.isSpreadAssignment(node)) add(node, '');
	else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
		const { expression, name } = node.expression;
		if (DROPPED.test(name.text)) add(node, expression.getText());
	}
}
