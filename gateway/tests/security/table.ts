/** One attack, what comes of it, and the test that shows it. */
export interface Row {
  readonly attack: string;
  readonly verdict: string;
  /** Below `gateway/tests`, or from the root of the tree for those of other parts. */
  readonly file: string;
  /** The name of the test, or of its row where the test has a table. */
  readonly test: string;
}

const row = (attack: string, verdict: string, file: string, test: string): Row => ({ attack, verdict, file, test });

const tokens = 'security/tokens.test.ts';
const documents = 'security/documents.test.ts';
const requests = 'security/requests.test.ts';
const connections = 'security/connections.test.ts';
const sockets = 'security/sockets.test.ts';
const names = 'security/names.test.ts';
const schema = 'security/schema.test.ts';
const secrets = 'security/secrets.test.ts';
const identity = 'identity.test.ts';
const kernel = 'packages/kernel/tests/rules.test.ts';
const table = 'directives/cases.ts';

export const SECURITY: Readonly<Record<string, readonly Row[]>> = {
  'Access tokens, forged and confused': [
    row('No signature (`alg: none`)', '401', tokens, 'without a signature: alg none'),
    row('Empty signature, or one of zeros', '401', tokens, 'with a signature of zeros'),
    row('HMAC with the public key (HS/ES confusion)', '401', tokens, 'signed by HMAC with the public key as PEM'),
    row('Another algorithm in the header', '401', tokens, 'that calls its own signature another algorithm'),
    row('Key of the attacker under a known `kid`', '401', tokens, 'signed with a key of the attacker under a known name'),
    row('Unknown `kid`, or none', '401', tokens, 'signed with a key that nobody published'),
    row('Unknown issuer', '401', tokens, 'of an issuer that is not trusted'),
    row('Key of one issuer, name of another', '401', tokens, 'of one issuer signed with the key of another'),
    row('Issuer of guests makes a member', '401', tokens, 'of an issuer of guests that makes a member'),
    row('Another audience', '401', tokens, 'for somebody else'),
    row('Expired; without an end', '401', tokens, 'that never expires'),
    row('Expired within the tolerance for clocks', '401', identity, 'one that expired within the tolerance for clocks'),
    row('Not valid yet', '401', tokens, 'that is not valid yet, by more than clocks may differ'),
    row('Clocks that differ', '`nbf` up to 30 s ahead is believed, `exp` is exact', tokens, 'is not one that begins a little later than now: clocks may differ by 30 seconds'),
    row('Key in the header (`jwk`)', '401, not looked at', tokens, 'that brings a key along under a known name (jwk)'),
    row('Address of keys in the header (`jku`, `x5u`)', '401, not fetched', tokens, 'that says where its keys are (jku)'),
    row('Extensions that must be understood (`crit`)', '401', tokens, 'that must be understood in a way that is not (crit)'),
    row('Content changed after signing', '401', tokens, 'with another content than was signed'),
    row('Key of before a rotation', '401; the new one is believed', identity, 'believes a new key of an issuer once it is published'),
    row('Unknown keys to make the gateway flood an issuer', 'asked at most every 10 s', identity, 'believes a new key of an issuer once it is published'),
    row('Token that runs out on an open socket', 'closed with 4403', identity, 'closes a socket with 4403 and says why when its token runs out, and ends its streams'),
  ],
  'Who acts, smuggled in': [
    row('Actor header to the gateway', 'not passed on', identity, 'passes on no header of the client, least of all who acts'),
    row('Actor token as an access token', '401', identity, 'an actor token'),
    row('Actor in the payload of a socket', 'nobody', tokens, 'gives who acts no other way in: an actor in the payload of a socket is nobody'),
    row('Forged actor token to a subgraph', 'not believed', kernel, 'signed with another secret'),
    row('Unsigned actor token to a subgraph', 'not believed', kernel, 'not signed at all'),
    row('Actor token that is over', 'not believed', kernel, 'over'),
    row('Invented address (`X-Forwarded-For`)', 'the address of the connection counts', 'client.test.ts', 'is the socket’s address when who forwards is not trusted'),
  ],
  'What somebody may not have': [
    row('Guarded field by alias or fragment', '`null`, not fetched', table, 'a fragment is refused at every place that uses it'),
    row('Alias named as a key, to choose what is looked up', 'the key stays that of its subgraph', 'aliases.test.ts', 'a key, and the key by another name'),
    row('Alias named as what `@requires` reads, to choose what another subgraph works with', 'the value stays that of its subgraph', 'aliases.test.ts', 'a required field, by what comes from elsewhere'),
    row('Guarded type by its interface or union', '`null`, not fetched', table, 'a guarded member of a union is refused field by field, the others are not'),
    row('Guarded key that joins subgraphs', '`null`, although it is fetched', table, 'a guarded key that is asked for is null'),
    row('Refused mutation beside one that may', 'does not happen', table, 'a refused mutation leaves the others be'),
    row('Plan of somebody with more rights', 'kept apart', 'authorization.test.ts', 'keeps the plans of people with different rights apart'),
    row('Policy that nobody decides', 'the gateway does not start', 'directives/combined.test.ts', 'is not served where nothing decides them, and the place is named'),
    row('Policy that cannot be decided', 'nothing is fetched', 'directives/policies.test.ts', 'that cannot be decided refuse the operation, and nothing is fetched'),
    row('Policy that ends during a subscription', 'the stream ends before anything of the event is shown', 'directives/policies.test.ts', 'end it with an error when others hold, before anything of the event is shown'),
    row("Subscription to a stranger's topic", 'no event', sockets, 'gets no event of a subscription that is not for who is on it'),
    row("Subscription to a stranger's topic, by its id", 'refused by the subgraph', sockets, 'is refused a subscription by its subgraph, which has the last word on whose a topic is'),
  ],
  'Documents made to exhaust': [
    row('Alias bomb', '400', documents, 'by aliases of one field'),
    row('Fragment bomb (exponential)', '400', documents, 'by fragments that double'),
    row('Fragments in a circle', '400', documents, 'by fragments that spread each other'),
    row('Depth', '400', documents, 'by depth'),
    row('Width', '400', documents, 'by width'),
    row('Fragments inside of each other (stack)', '400', documents, 'by inline fragments inside of each other'),
    row('Fields that must be compared with each other', '400', documents, 'by fields that must be compared with each other'),
    row('Directive overload', '400', documents, 'by directives at one field'),
    row('Token flood', '400', documents, 'by tokens'),
    row('Lists inside of lists in the text (planner)', '400', documents, 'by lists inside of lists'),
    row('Introspection that goes in circles', '400', documents, 'by introspection that goes in circles'),
    row('Errors by the thousand', 'about a hundred at most', documents, 'has as many errors as are of use, and no more'),
    row('Variables too deep to write again', '400, and the subgraph is not held to have failed', documents, 'has variables of %s that are too deep refused, and the subgraph is not held to have failed'),
    row('Dear operation', '`COST_TOO_HIGH` where it is enforced', 'cost.test.ts', 'are refused before anything is planned or fetched where the limit is enforced, in words that say what to do'),
  ],
  'Requests': [
    row('Batching', '400', requests, 'is one operation: a list of them is refused'),
    row('Multipart request', '415', requests, 'in several parts is refused'),
    row('CSRF by a simple request', '400', requests, 'plain text that is JSON'),
    row('CSRF by a link', '400', requests, 'a link'),
    row('Mutation by GET', '405', requests, 'by GET never acts, whatever its headers say'),
    row('Oversized body', '413', requests, 'that is larger than it may be is refused, whether it says so or not'),
    row('Compressed body (zip bomb)', '415, not unpacked', requests, 'that is compressed (%s) is refused before it is unpacked'),
    row('Header injection by the request id', 'another id', requests, 'whose id would break a line of a log or a header gets another id'),
    row('Request smuggling', '400, closed', requests, 'that says its length twice is no request at all'),
    row('Persisted query under the hash of another', '400', requests, 'cannot put its document under the hash of another'),
  ],
  'Connections and sockets': [
    row('Connection that sends nothing', 'closed after 10 s', connections, 'without a word are closed when the time for a head is over'),
    row('Slow headers (Slowloris)', '408, closed', connections, 'with a head that comes line by line are closed when its time is over'),
    row('Headers without an end', '431', connections, 'with a head that does not end are refused by 431'),
    row('Slow body', '408, closed', connections, 'with a body that comes byte by byte are answered by 408 and closed, although something always comes'),
    row('Slow upload', 'given up when nothing comes for 30 s', 'pass-through.test.ts', 'is given up when the client sends nothing for too long, and the other server is told'),
    row('Too many connections from one address', '429', connections, 'from one address are refused by 429, in words, when there are too many, and nothing on them is carried out'),
    row('Too many connections in all', 'closed', connections, 'are closed when there are too many in all, and let in again when some are gone'),
    row('Cross-site WebSocket hijacking', '403', sockets, 'of a page at %s is not opened'),
    row('Identity that a browser sends along', 'counts for nothing', sockets, 'has no identity but the one it says itself: what a browser sends along on its own counts for nothing'),
    row('Socket without `connection_init`', 'closed with 4408', sockets, 'that never says who is on it is closed with 4408'),
    row('Message flood on a socket', 'closed with 4429', sockets, 'that is flooded with messages is closed with 4429, in words, and no more of them are carried out'),
    row('Ping flood on a socket', 'closed with 4429', sockets, 'that is flooded with pings is closed with 4429'),
    row('Oversized frame', 'closed with 1009', sockets, 'that sends a frame larger than it may is closed with 1009, also when the frame is in pieces'),
    row('Compressed frame', 'not taken', sockets, 'takes nothing compressed, so that a small frame cannot become a large one'),
    row('Too many operations on a socket', '`RATE_LIMITED`', 'limits.test.ts', 'refuses one operation more than a socket may run, and lets the others be'),
  ],
  'What leaks': [
    row('Introspection', 'for whom it is allowed', schema, 'is not told, neither whole nor by name, and nothing beside it is fetched'),
    row('Field suggestions', 'only where everybody may read the schema', schema, 'is not told by hints at names'),
    row('Values of variables in errors', 'not told, not logged', secrets, 'in variables are not in the errors about them, nor in the log: %s'),
    row('Refused tokens in answers or logs', 'not told, not logged', secrets, 'in a token that is refused are neither told nor logged'),
    row('Errors of subgraphs', 'masked', secrets, 'in errors that a subgraph did not mask are masked, and their place is not told'),
    row('Address of a subgraph, actor token', 'not told, not logged', secrets, 'of the way to a subgraph are not told when it fails, and the actor token is in no log'),
    row('Prototype pollution by names', 'names like any other', names, 'are names like any other for a field, and change no prototype'),
    row('Prototype pollution by variables', 'changes nothing', names, 'do nothing in variables, extensions or the request that nobody asked for'),
    row('Prototype pollution by an answer of a subgraph', 'changes nothing', names, 'an answer of a subgraph that names a prototype changes none'),
  ],
};
