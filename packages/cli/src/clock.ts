/** The only place of this program that tells the time. */
export function now(): Date {
  return new Date();
}
