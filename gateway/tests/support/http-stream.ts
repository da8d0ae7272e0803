import { request, type IncomingMessage } from 'node:http';

/** An open stream over HTTP, as bytes: what came is kept as one text. */
export const openHttpStream = async (url: string, options: { readonly accept: string; readonly query: string; readonly extensions?: unknown; readonly headers?: Record<string, string> }) => {
  const { accept, query, extensions, headers } = options;
  const asked = request(url, { method: 'POST', headers: { 'content-type': 'application/json', accept, ...headers } });
  const answered = new Promise<IncomingMessage>((resolve, reject) => asked.once('response', resolve).once('error', reject));
  asked.end(JSON.stringify({ query, extensions }));
  const response = await answered;
  let text = '';
  let ended = false;
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk)).once('end', () => (ended = true)).on('error', () => undefined);
  return { response, text: () => text, ended: () => ended, leave: () => asked.destroy() };
};

export type HttpStream = Awaited<ReturnType<typeof openHttpStream>>;

export const SSE = 'text/event-stream';
export const MULTIPART = 'multipart/mixed;subscriptionSpec="1.0", application/json';

/** The results in server-sent events, and the ids that came with them. */
export const sseOf = (text: string): { id: string | undefined; event: string; data: string }[] =>
  text.split('\n\n').flatMap((block) => {
    const fields = new Map(block.split('\n').filter((line) => line !== '' && !line.startsWith(':')).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const));
    return fields.has('event') ? [{ id: fields.get('id'), event: fields.get('event')!, data: fields.get('data') ?? '' }] : [];
  });

/** The parts of Apollo's multipart protocol, without the signs of life. */
export const partsOf = (text: string): { payload: any; errors?: any[] }[] =>
  text.split('--graphql').flatMap((part) => {
    const body = part.slice(part.indexOf('\r\n\r\n') + 4).trim();
    return part.includes('content-type') && body !== '{}' ? [JSON.parse(body)] : [];
  });
