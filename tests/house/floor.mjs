/**
 * Whether scripts and styles keep to what the oldest browsers have that get everything: Chrome 84 and iOS 15.
 * What a browser has is what @mdn/browser-compat-data says; TypeScript tells whose a property is, css-tree reads
 * styles. `node tests/house/floor.mjs FILE...` prints a line for each finding, and fails if there is one.
 *
 * Free to be newer: what is asked for before it is used (`?.`, `??`, `if`), what stands in `@supports`, a value with
 * a plain one of the same property before it, and the refinements below.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse, walk } from "css-tree";
import ts from "typescript";

const bcd = createRequire(import.meta.url)("@mdn/browser-compat-data");

const FLOOR = { chrome: 84, safari_ios: 15 };

/** What may be newer, and what readers lose without it. */
const REFINEMENTS = {
  ":file-selector-button": "the letters of a button",
  ":focus-visible": "our ring about what has the focus; browsers show their own",
  "DecompressionStream": "asked for before (overrides/sw.js)",
  "HTMLDialogElement.close": "asked for before (page/quote.js)",
  "HTMLDialogElement.showModal": "asked for before (page/quote.js)",
  "accent-color": "boxes in our colour",
  "Navigator.connection": "what browsers do not tell counts as a good one",
  "contain-intrinsic-size": "speed",
  "content-visibility": "speed",
  "cursor": "no mouse on a phone",
  "forced-colors": "contrast themes",
  "InputEvent.isComposing": "a list that is narrowed down once more",
  "PerformanceNavigationTiming.type": "ticks of before stay",
  "outline": "a ring with round corners",
  "overscroll-behavior": "the page moves behind a menu that is at its end",
  "resize": "no mouse on a phone",
  "scripting": "room kept for what scripts add",
  "text-decoration-thickness": "the look of a line",
  "text-underline-offset": "the look of a line",
  // paper
  "@page": "margins",
  "break-after": "a heading that stays with its text",
  "field-sizing": "a field as high as its text",
  "print-color-adjust": "colours of a light",
  "size": "A4",
};

const SYNTAX = {
  [ts.SyntaxKind.QuestionQuestionEqualsToken]: "operators.nullish_coalescing_assignment",
  [ts.SyntaxKind.BarBarEqualsToken]: "operators.logical_or_assignment",
  [ts.SyntaxKind.AmpersandAmpersandEqualsToken]: "operators.logical_and_assignment",
  [ts.SyntaxKind.ClassStaticBlockDeclaration]: "classes.static.initialization_blocks",
};

/** Name of a feature → what `newer` says of it. */
const at = (root, path) => path.split(".").reduce((node, key) => node?.[key], root)?.__compat;

/**
 * @param {{support: object} | undefined} compat of a feature; undefined: nobody keeps a record of it
 * @returns {string} the browsers of the floor that lack it; empty if none does
 */
function newer(compat) {
  if (!compat) return "";
  return Object.entries(FLOOR)
    .filter(([browser, floor]) => since(compat.support[browser]) > floor)
    .map(([browser]) => `${browser} ${since(compat.support[browser])}`)
    .join(", ");
}

/** @returns {number} the first version that has it, perhaps in part, by this name and without a flag */
function since(support) {
  const versions = [support ?? { version_added: "1" }].flat().map((one) => {
    const isOther = one.flags || one.prefix || one.alternative_name || one.version_removed;
    return isOther || !one.version_added ? Infinity : Number.parseFloat(String(one.version_added).replace("≤", ""));
  });
  return Math.min(...versions);
}

const found = [];

function check(file, line, name, compat) {
  const lacking = name in REFINEMENTS ? "" : newer(compat);
  if (lacking) found.push(`${file}:${line} ${name} needs ${lacking}`);
}

// Scripts

function checkScripts(files) {
  const isWorker = files.every((file) => file.endsWith("sw.js"));
  const lib = ["lib.esnext.d.ts", ...(isWorker ? ["lib.webworker.d.ts"] : ["lib.dom.d.ts", "lib.dom.iterable.d.ts"])];
  const { Bundler } = ts.ModuleResolutionKind;
  const options = { checkJs: true, allowJs: true, noEmit: true, strict: true, lib, types: [], moduleResolution: Bundler };
  const program = ts.createProgram(files, { ...options, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext });
  for (const file of files) checkScript(file, program.getSourceFile(file), program);
}

function checkScript(file, source, program) {
  const checker = program.getTypeChecker();
  const tell = (node, name, compat) =>
    check(file, source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, name, compat);

  function visit(node) {
    const syntax = SYNTAX[node.kind];
    if (syntax) tell(node, syntax, at(bcd.javascript, syntax));
    if (isText(node)) checkText(node, tell);
    if (ts.isPropertyAccessExpression(node) && !isAskedFor(node)) {
      tell(node.name, ...member(node.name, checker.getTypeAtLocation(node.expression), node.expression));
    } else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const key = node.propertyName ?? node.name;
      if (ts.isIdentifier(key)) tell(key, ...member(key, checker.getTypeAtLocation(node.parent)));
    } else if (ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node.parent) && isGlobal(node)) {
      tell(node, node.text, at(bcd.javascript.builtins, node.text) ?? at(bcd.api, node.text));
    }
    ts.forEachChild(node, visit);
  }

  /** @returns name and record of a property of a type, of one that it extends, or of what bears its own name */
  function member(key, type, owner) {
    const names = type.isUnionOrIntersection() ? type.types.flatMap(namesOf) : namesOf(type);
    if (owner && ts.isIdentifier(owner) && isGlobal(owner)) names.unshift(owner.text);
    for (const name of names) {
      const [built, api] = [bcd.javascript.builtins[name], bcd.api[name]];
      const compat = built?.[key.text] ?? api?.[key.text] ?? api?.[`${key.text}_static`];
      if (compat?.__compat) return [`${name}.${key.text}`, compat.__compat];
    }
    return [key.text, undefined];
  }

  function namesOf(type) {
    const apparent = checker.getApparentType(type);
    if (checker.isArrayType(apparent) || checker.isTupleType(apparent)) return ["Array"];
    const name = apparent.symbol?.name.replace(/Constructor$/, "");
    const own = apparent.target ?? apparent;
    const bases = own.isClassOrInterface() ? checker.getBaseTypes(own).flatMap(namesOf) : [];
    return name && isOfBrowser(apparent.symbol) ? [name, ...bases] : bases;
  }

  const isOfBrowser = (symbol) =>
    symbol?.declarations?.some((one) => program.isSourceFileDefaultLibrary(one.getSourceFile()));
  const isGlobal = (node) => isOfBrowser(checker.getSymbolAtLocation(node));
  visit(source);
}

const isText = (node) =>
  ts.isRegularExpressionLiteral(node) || ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);

/** A pattern, or a part of what becomes one. */
function checkText(node, tell) {
  const patterns = bcd.javascript.regular_expressions;
  if (/\(\?<[=!]/.test(node.text)) tell(node, "lookbehind", patterns.lookbehind_assertion.__compat);
  if (!ts.isRegularExpressionLiteral(node)) return;
  if (/\(\?[ims]+[-:]/.test(node.text)) tell(node, "modifier", patterns.modifier.__compat);
  const flags = { d: "hasIndices", v: "unicodeSets" };
  for (const flag of /[a-z]*$/.exec(node.text)[0]) {
    if (flags[flag]) tell(node, `flag ${flag}`, at(bcd.javascript.builtins.RegExp, flags[flag]));
  }
}

/** Whether a property may be absent where it stands: `a?.()`, `a?.b`, `a ?? b`, `!a`, `if (a)`. */
function isAskedFor(node) {
  const { parent } = node;
  if (parent.expression === node && (parent.questionDotToken || ts.isIfStatement(parent))) return true;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  return ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
}

// Styles

/** Functions of values by name; their records lie at several depths. */
const functions = new Map();
function collect(node) {
  for (const [key, below] of Object.entries(node)) {
    if (key === "__compat") continue;
    if (below.__compat && !functions.has(key)) functions.set(key, below.__compat);
    collect(below);
  }
}
collect(bcd.css.types);

const UNITS = [
  [/^[dsl]v/, bcd.css.types.length.viewport_percentage_units_dynamic.__compat],
  [/^cq/, bcd.css.types.length.container_query_length_units.__compat],
];

function checkStyle(file) {
  const tell = ({ loc }, name, compat) => check(file, loc.start.line, name, compat);
  const onParseError = (error) => found.push(`${file}:${error.line} ${error.message}`);
  walk(parse(readFileSync(file, "utf-8"), { positions: true, onParseError }), function (node) {
    if (this.atrule?.name === "supports") return;
    if (node.type === "Atrule") tell(node, `@${node.name}`, at(bcd.css["at-rules"], node.name));
    if (node.type === "Feature") tell(node, node.name, at(bcd.css["at-rules"].media, node.name.replace(/^(min|max)-/, "")));
    if (node.type === "NestingSelector") tell(node, "&", bcd.css.selectors.nesting.__compat);
    if (node.type === "Rule") checkRefined(node, tell);
    if (/^Pseudo(Class|Element)Selector$/.test(node.type) && !node.name.startsWith("-")) checkPseudo(node, tell);
    if (node.type === "Declaration") checkDeclaration(node, this.block, tell);
  });
}

function checkPseudo(node, tell) {
  tell(node, `:${node.name}`, at(bcd.css.selectors, node.name));
  const list = node.name === "not" ? node.children?.first.children.size : 1;
  if (list > 1) tell(node, ":not(a, b)", bcd.css.selectors.not.selector_list.__compat);
}

/** A selector that a browser does not know takes the others of its rule with it. */
function checkRefined(rule, tell) {
  const texts = rule.prelude.children?.toArray() ?? [];
  const isRefined = (selector) => selector.children?.some(({ name }) => `:${name}` in REFINEMENTS);
  const refined = texts.filter(isRefined);
  if (refined.length && refined.length < texts.length) {
    tell(rule, "a rule of its own for a refinement", bcd.css.selectors["focus-visible"].__compat);
  }
}

function checkDeclaration(node, block, tell) {
  const { property } = node;
  if (property.startsWith("-")) return;
  const record = bcd.css.properties[property];
  if (property in REFINEMENTS) return;
  const all = block.children.toArray();
  const before = all.slice(0, all.indexOf(node)).map((other) => other.property);
  if (before.includes(property) || before.includes(`-webkit-${property}`)) return;
  tell(node, property, record?.__compat);
  walk(node.value, (value) => {
    if (value.type === "Identifier") tell(node, `${property}: ${value.name}`, at(record ?? {}, value.name));
    if (value.type === "Function") tell(node, `${value.name}()`, functions.get(value.name));
    if (value.type === "Operator" && value.value === "/" && property === "content") tell(node, "content: a / b", record.alt_text.__compat);
    if (value.type === "Dimension") tell(node, value.unit, UNITS.find(([unit]) => unit.test(value.unit))?.[1]);
  });
}

const files = process.argv.slice(2);
const scripts = files.filter((file) => file.endsWith(".js"));
for (const group of [scripts.filter((file) => file.endsWith("sw.js")), scripts.filter((file) => !file.endsWith("sw.js"))]) {
  if (group.length) checkScripts(group);
}
for (const file of files.filter((file) => file.endsWith(".css"))) checkStyle(file);
for (const finding of found) console.log(finding);
process.exitCode = found.length ? 1 : 0;
