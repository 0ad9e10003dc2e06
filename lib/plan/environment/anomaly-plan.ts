import type { Place } from '../names/names';
import { physicalName, shortHash } from '../names/physical-name';
import type { Tags } from '../names/tag-contract';

/** A cost anomaly monitor over some applications, each by the value of its tag `Application`. */
export interface AnomalyMonitorPlan {
  readonly name: string;
  /** What it looks at, as Cost Explorer takes it. */
  readonly specification: { readonly Tags: { readonly Key: string; readonly Values: readonly string[] } };
}

/** What finds costs that do not look like those before, and whom it tells. */
export interface AnomalyPlan {
  readonly monitors: readonly AnomalyMonitorPlan[];
  readonly subscriptionName: string;
  /** The contact of the environment. */
  readonly address: string;
  /** Nobody is told of less, in US dollars over the whole anomaly. */
  readonly leastUsd: number;
  readonly tags: Tags;
}

/** A monitor of chosen values takes ten (CreateAnomalyMonitor, botocore 1.44.5). */
const MOST_VALUES = 10;
/** Fewer than the 500 resources that a template takes. */
const MOST_MONITORS = 100;
/** A small share of most budgets, and more than what moves from day to day. */
const LEAST_USD = 50;

/**
 * Decides the monitors: one an application, so that a small one does not drown in a large one; beyond a hundred
 * applications some share one.
 *
 * AWS's own monitor over all values of a tag is not used: an account has one a dimension (CloudFormation roadmap #2515), so
 * another environment could not be deployed, and a changed one neither, since CloudFormation makes the new one first.
 */
export function planAnomalies(
  { environment }: Place,
  applications: readonly string[],
  contact: string,
  tags: Tags,
): AnomalyPlan {
  const each = Math.min(MOST_VALUES, Math.ceil(applications.length / MOST_MONITORS));
  const groups = Array.from({ length: Math.ceil(applications.length / each) }, (_, i) =>
    applications.slice(i * each, (i + 1) * each),
  );
  // All of a monitor but its name, and the tags of both, are create-only: what changes gets another name.
  const digest = (...parts: readonly unknown[]): string => shortHash(JSON.stringify([...parts, tags]));
  return {
    monitors: groups.map((values) => {
      const specification = { Tags: { Key: 'Application', Values: values } };
      return {
        name: physicalName([environment, values[0] ?? '', `anomalies-${digest(specification)}`]),
        specification,
      };
    }),
    subscriptionName: physicalName([environment, `anomalies-${digest()}`]),
    address: contact,
    leastUsd: LEAST_USD,
    tags,
  };
}
