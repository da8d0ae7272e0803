const PLACEHOLDER = /\{\{\s*([a-zA-Z][a-zA-Z0-9]*)\s*\}\}/g;

/** Characters that change how text around them is read: controls other than the line feed, and the bidirectional overrides with which a name can show something else than it says. */
const UNREADABLE = /[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/** The variables that a text asks for, each once, in order. */
export const placeholdersOf = (...texts: readonly string[]): readonly string[] => [...new Set(texts.flatMap((text) => Array.from(text.matchAll(PLACEHOLDER), (match) => match[1]!)))];

/** Whether braces are left that make no placeholder: `{{first name}}`, `{{name}`. */
export const hasLooseBraces = (text: string): boolean => /\{\{|\}\}/.test(text.replace(PLACEHOLDER, ''));

/** A text with its placeholders filled, in one pass: what a value contains is never read as a placeholder. */
export const fill = (text: string, variables: Readonly<Record<string, string>>): string =>
  text.replace(PLACEHOLDER, (_whole, name: string) => (Object.hasOwn(variables, name) ? variables[name]!.replace(UNREADABLE, ' ') : ''));

/** One line, as a header needs it. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
