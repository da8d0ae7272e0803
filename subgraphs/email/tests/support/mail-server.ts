import { simpleParser, type ParsedMail } from 'mailparser';
import { createServer, type AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream } from 'smtp-server';

type Answer = number | 'silence' | undefined;

/** What the server answers at a step: nothing to take it, a code to refuse it, `silence` to say nothing any more. */
export interface Behaviour {
  recipient?(address: string): number | undefined;
  data?(mail: ParsedMail): Answer | Promise<Answer>;
  password?: string;
}

export interface MailServer {
  readonly url: string;
  /** The mails that the server took, in order. */
  readonly mails: ParsedMail[];
  /** Every mail that was handed over, taken or not. */
  readonly offered: ParsedMail[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

const refusal = (code: number): Error => Object.assign(new Error(code >= 500 ? '5.1.1 No such mailbox' : '4.2.0 Come back later'), { responseCode: code });

const collect = async (stream: SMTPServerDataStream): Promise<ParsedMail> => simpleParser(stream);

/** A real SMTP server on a free port, whose answers a test decides. */
export const startMailServer = async (initial: Behaviour = {}): Promise<MailServer> => {
  let behaviour = initial;
  const mails: ParsedMail[] = [];
  const offered: ParsedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: initial.password === undefined,
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) => (auth.password === behaviour.password ? done(null, { user: 'mailer' }) : done(Object.assign(new Error('Authentication failed'), { responseCode: 535 }))),
    onRcptTo: ({ address }: SMTPServerAddress, _session, done) => {
      const code = behaviour.recipient?.(address);
      done(code === undefined ? null : refusal(code));
    },
    onData: (stream, _session, done) => {
      void collect(stream).then(async (mail) => {
        offered.push(mail);
        const answer = await behaviour.data?.(mail);
        if (answer === 'silence') return;
        if (answer !== undefined) return done(refusal(answer));
        mails.push(mail);
        done(null);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    offered,
    behave: (next) => void (behaviour = next),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};

/** A port on which nothing listens. */
export const closedPort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};
