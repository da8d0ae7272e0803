/** A moment, or whoever tells the moment: services that live long are asked at many. */
export type Now = Date | (() => Date);

export function tell(now: Now): Date {
  return typeof now === 'function' ? now() : now;
}
