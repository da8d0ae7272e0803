/** How one part of the platform is. */
export interface ServiceStatus {
  readonly name: string;
  readonly status: 'READY' | 'NOT_READY' | 'UNREACHABLE';
  /** Since when it is seen to be so. */
  readonly since: Date;
  readonly checkedAt: Date;
  /** What runs there; null when it does not say. */
  readonly version: string | null;
  /** What is wrong, in plain words. */
  readonly details: readonly string[];
}

/**
 * Tells how the parts of the platform are, those in this process or those across a network. Not a way to ask them for
 * anything else.
 */
export interface ServiceDirectory {
  /** @throws Problem UNAVAILABLE when nobody said where the parts are. */
  statuses(): Promise<readonly ServiceStatus[]>;
}

/** What is seen of a part at one moment. */
export interface Sighting extends Pick<ServiceStatus, 'status' | 'version' | 'details'> {
  /** Where the part itself says so. */
  readonly since: Date | undefined;
}

/** Answers are kept for so long: those who ask do not decide how often parts are asked. */
const KEPT_MS = 2_000;

/** Looks at each part when somebody asks, and remembers since when it is as it is. */
export const createDirectory = (look: () => Promise<ReadonlyMap<string, Sighting>>, now: () => Date): ServiceDirectory => {
  const before = new Map<string, ServiceStatus>();
  let kept: { readonly at: number; readonly statuses: Promise<readonly ServiceStatus[]> } | undefined;

  const lookNow = async (): Promise<readonly ServiceStatus[]> => {
    const sightings = await look();
    const checkedAt = now();
    return [...sightings].map(([name, sighting]) => {
      const last = before.get(name);
      const status = { name, ...sighting, since: sighting.since ?? (last?.status === sighting.status ? last.since : checkedAt), checkedAt };
      before.set(name, status);
      return status;
    });
  };

  return {
    statuses() {
      if (!kept || performance.now() - kept.at > KEPT_MS) kept = { at: performance.now(), statuses: lookNow() };
      kept.statuses.catch(() => (kept = undefined));
      return kept.statuses;
    },
  };
};
