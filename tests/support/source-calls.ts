import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { type AnyNode, type CallExpression, type Expression, parse } from 'acorn';

/** A call in a source file. */
export interface SourceCall {
  readonly file: string;
  readonly call: CallExpression;
  /** Every node of the file. */
  readonly nodes: readonly AnyNode[];
}

/** Every call in the program's own sources. */
export function listCalls(): SourceCall[] {
  const files = globSync(['src/**/*.ts', 'commands/**/*.ts'], { exclude: (name) => name.endsWith('.d.ts') }).sort();
  return files.flatMap((file) => {
    const program = parse(stripTypeScriptTypes(readFileSync(file, 'utf8')), {
      ecmaVersion: 'latest',
      sourceType: 'module',
    });
    const nodes = [...walk(program)];
    return nodes.flatMap((call) => (call.type === 'CallExpression' ? [{ file, call, nodes }] : []));
  });
}

function* walk(node: AnyNode): Generator<AnyNode> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of [value].flat()) if (child && typeof child.type === 'string') yield* walk(child);
  }
}

/** The texts that an expression may be, with `…` for what is put in; undefined for one that isn't written there. */
export function textsOf(expression: AnyNode | undefined): (string | undefined)[] {
  if (expression?.type === 'Literal') return [String(expression.value)];
  if (expression?.type === 'TemplateLiteral') return [expression.quasis.map(({ value }) => value.cooked).join('…')];
  if (expression?.type === 'ConditionalExpression')
    return [...textsOf(expression.consequent), ...textsOf(expression.alternate)];
  return [undefined];
}

/** The names of an object's members; `…` if it has more than are written there. */
export function keysOf(expression: Expression | undefined, nodes: readonly AnyNode[]): string[] {
  if (expression?.type === 'Identifier') {
    const { name } = expression;
    const made = nodes.find(
      (node) => node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === name,
    );
    const value = made?.type === 'VariableDeclarator' ? made.init : undefined;
    return value?.type === 'ObjectExpression' ? keysOf(value, nodes) : ['…'];
  }
  if (expression?.type !== 'ObjectExpression') return ['…'];
  return expression.properties.map((property) =>
    property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : '…',
  );
}
