/** The specimens that ICAO 9303 parts 4 and 5 print. */
export const ICAO_PASSPORT: readonly string[] = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
export const ICAO_CARD: readonly string[] = ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'];

/** A check digit by ICAO 9303: weights 7, 3, 1; letters from A = 10; modulo 10. Written here to check the checker. */
export const digitOf = (text: string): string =>
  String([...text].reduce((sum, character, index) => sum + (character === '<' ? 0 : parseInt(character, 36)) * [7, 3, 1][index % 3]!, 0) % 10);

/** The lines of a passport with right check digits. */
export const withDigits = (first: string, of: { readonly number: string; readonly state: string; readonly birth: string; readonly sex: string; readonly expiry: string }): readonly string[] => {
  const number = of.number.padEnd(9, '<');
  const personal = '<'.repeat(14);
  const parts = [number + digitOf(number), of.birth + digitOf(of.birth), of.expiry + digitOf(of.expiry), `${personal}0`] as const;
  const second = `${parts[0]}${of.state}${parts[1]}${of.sex}${parts[2]}${parts[3]}${digitOf(parts.join(''))}`;
  return [first.padEnd(44, '<'), second];
};
