import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/** A process of ours, as docker-compose.yml says it. */
export interface ComposeProcess {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

interface ComposeService {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Our one image; other services (Postgres, Redis, the mail catcher) are not ours to start. */
const IMAGE = 'buffrsign';

/** As Compose does: `${NAME}`, `${NAME:-default}`, `${NAME:?what is missing}`, and `$$` for a dollar. */
const interpolate = (text: string, env: Readonly<Record<string, string | undefined>>): string =>
  text.replace(/\$\$|\$\{(\w+)(?::(-|\?)((?:[^{}]|\{[^{}]*\})*))?\}/g, (whole, name?: string, kind?: string, rest = '') => {
    if (whole === '$$') return '$';
    const value = env[name!];
    if (value) return value;
    if (kind === '?') throw new Error(`${name}: ${rest}`);
    return rest;
  });

const servicesOf = async (path: string): Promise<Readonly<Record<string, ComposeService>>> => (parse(await readFile(path, 'utf8'), { merge: true }) as { services: Record<string, ComposeService> }).services;

/** What Node is told where the gateway is started: options of V8, such as how much memory is young. */
export const gatewayNodeOptions = async (path: string): Promise<readonly string[]> => ((await servicesOf(path))['gateway']?.command ?? []).filter((word) => word.startsWith('--'));

/** The processes that docker-compose.yml starts from our image, with `env` filled in. */
export const readComposeFile = async (path: string, env: Readonly<Record<string, string | undefined>>): Promise<readonly ComposeProcess[]> => {
  return Object.entries(await servicesOf(path))
    .filter(([, service]) => service.image === IMAGE)
    .map(([name, { command = [], environment = {} }]) => ({
      name,
      command: command.map((word) => interpolate(word, env)),
      environment: Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, interpolate(String(value), env)])),
    }));
};
