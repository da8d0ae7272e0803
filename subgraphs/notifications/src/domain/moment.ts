const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Africa/Windhoek' });

/** A moment as people in Windhoek read it: `1 June 2026 at 10:00 (Windhoek time)`. */
export const readable = (moment: string): string => `${format.format(new Date(moment))} (Windhoek time)`;
