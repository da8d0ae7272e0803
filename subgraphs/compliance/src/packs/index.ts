import { nameOf, packedRules, type Pack, type PackedRule } from '../domain/rule.ts';
import { naEta2019v1 } from './na-eta-2019.v1.ts';
import { uncitralMles2001v1 } from './uncitral-mles-2001.v1.ts';

/** Every version that an envelope was ever held against, so that old checks can be made again. */
const all: readonly Pack[] = [naEta2019v1, uncitralMles2001v1];

/** The versions that envelopes are held against now. */
export const currentPacks: readonly Pack[] = [naEta2019v1, uncitralMles2001v1];

const byName = new Map(all.map((pack) => [nameOf(pack), pack]));
const rules = new Map(all.flatMap((pack) => packedRules(pack).map((rule) => [`${nameOf(pack)} ${rule.id}`, rule] as const)));

/** A pack by its name, `na-eta-2019@1`. @throws Error when it was taken out, which must not happen. */
export const packNamed = (name: string): Pack => {
  const pack = byName.get(name);
  if (!pack) throw new Error(`The pack ${name} is not there any more; checks made with it cannot be shown.`);
  return pack;
};

/** A rule of a pack. @throws Error when there is none. */
export const ruleOf = (pack: string, id: string): PackedRule => {
  const rule = rules.get(`${pack} ${id}`);
  if (!rule) throw new Error(`The pack ${pack} has no rule ${id}.`);
  return rule;
};
