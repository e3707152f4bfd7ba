/** What the syntax tree of one TypeScript file gives away: banned words, long functions, doors without comments, SQL in strings. */
import ts from 'typescript';

export type Finding = { line: number; complaint: string };

export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
}

const lineOf = (source: ts.SourceFile, position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The banned word a node is, written as in the list of bans: `Date.now`, `new Date()`, `parseFloat`, `.toFixed`, `console`, `async`. */
function wordOf(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && !node.arguments?.length ? 'new Date()' : undefined;
  if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node)) return 'async';
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) return node.expression.text;
  const reads = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
  // Handing the whole environment to a child process is not reading a setting.
  if (reads && node.expression.getText() === 'process.env') return 'process.env';
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const object = ts.isIdentifier(node.expression) ? node.expression.text : '';
  if (object === 'console' || object === 'process') return object;
  if (node.name.text === 'toFixed') return '.toFixed';
  return `${object}.${node.name.text}`;
}

/** Uses of words the file may not use; `bans` maps a word to what to use instead. */
export function bannedWords(source: ts.SourceFile, bans: ReadonlyMap<string, string>): Finding[] {
  const found: Finding[] = [];
  walk(source, (node) => {
    const word = wordOf(node);
    const instead = word && bans.get(word);
    if (instead) found.push({ line: lineOf(source, node.getStart()), complaint: `${word}: use ${instead}` });
  });
  return found;
}

const isFunction = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
const linesOf = (source: ts.SourceFile, node: ts.Node): number => lineOf(source, node.end) - lineOf(source, node.getStart()) + 1;

/** Lines inside functions of this node; a function inside counts for itself, not for the function around it. */
function nestedLines(source: ts.SourceFile, node: ts.Node): number {
  let lines = 0;
  ts.forEachChild(node, (child) => {
    lines += isFunction(child) ? linesOf(source, child) - 1 : nestedLines(source, child);
  });
  return lines;
}

/** Functions longer than `budget` lines of their own. */
export function longFunctions(source: ts.SourceFile, budget: number): Finding[] {
  const found: Finding[] = [];
  walk(source, (node) => {
    if (!isFunction(node)) return;
    const own = linesOf(source, node) - nestedLines(source, node);
    if (own > budget) found.push({ line: lineOf(source, node.getStart()), complaint: `a function of ${own} lines; at most ${budget}` });
  });
  return found;
}

/** Exported functions without a doc comment. */
export function undocumentedExports(source: ts.SourceFile): Finding[] {
  const found: Finding[] = [];
  for (const statement of source.statements) {
    const exported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!exported || ts.getJSDocCommentsAndTags(statement).length > 0) continue;
    const names = ts.isFunctionDeclaration(statement)
      ? [statement.name?.text ?? 'default']
      : ts.isVariableStatement(statement)
        ? statement.declarationList.declarations
            .filter(({ initializer }) => initializer && isFunction(initializer))
            .map(({ name }) => name.getText())
        : [];
    for (const name of names)
      found.push({ line: lineOf(source, statement.getStart()), complaint: `${name} has no doc comment: say units, errors, who may call` });
  }
  return found;
}

/** The text of every string and template of the file, with its line. Placeholders become a space. */
export function strings(source: ts.SourceFile): { line: number; text: string }[] {
  const found: { line: number; text: string }[] = [];
  walk(source, (node) => {
    const line = lineOf(source, node.getStart());
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push({ line, text: node.text });
    if (ts.isTemplateExpression(node))
      found.push({ line, text: [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' ') });
  });
  return found;
}

/** Kysely's writers: the table each call names. */
export function builderWrites(source: ts.SourceFile): { line: number; table: string }[] {
  const found: { line: number; table: string }[] = [];
  walk(source, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const [table] = node.arguments;
    if (table && ts.isStringLiteral(table) && /^(insertInto|updateTable|deleteFrom|mergeInto|replaceInto)$/.test(node.expression.name.text))
      found.push({ line: lineOf(source, node.getStart()), table: table.text.split(' ')[0] ?? '' });
  });
  return found;
}

/** A file that only passes on what other files export. */
export const isBarrel = (source: ts.SourceFile): boolean =>
  source.statements.length > 0 &&
  source.statements.every((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined);
