/** Signs who acts; the subgraphs here do not look at it. */
export const ACTOR_TOKEN_SECRET = 'a secret for measuring only, long enough';
