import type { Place } from '../names/names';
import { physicalName, shortHash } from '../names/physical-name';
import type { Tags } from '../names/tag-contract';

/** A cost anomaly monitor of one or more applications, which it identifies by their tag `Application`. */
export interface AnomalyMonitorPlan {
  readonly name: string;
  /** Expression of Cost Explorer for the monitored costs. */
  readonly specification: { readonly Tags: { readonly Key: string; readonly Values: readonly string[] } };
}

/** The detection of unusual costs, with the recipient of its alerts. */
export interface AnomalyPlan {
  readonly monitors: readonly AnomalyMonitorPlan[];
  readonly subscriptionName: string;
  /** E-mail address of the environment's contact. */
  readonly address: string;
  /** Minimum impact of an anomaly for an alert, in US dollars over the whole anomaly. */
  readonly leastUsd: number;
  readonly tags: Tags;
}

/** Maximum number of tag values in a custom monitor (CreateAnomalyMonitor, botocore 1.44.5). */
const MAX_VALUES = 10;
/** Maximum number of monitors. A template may have 500 resources. */
const MAX_MONITORS = 100;
/**
 * Minimum impact for an alert, in US dollars: a small share of most budgets, and more than costs vary from day to day.
 */
const MIN_USD = 50;

/**
 * Decides the monitors. Each application has its own, so that the anomaly of a small application is not lost in the
 * costs of a large one. With more than a hundred applications, several applications share a monitor.
 *
 * AWS's own monitor of all values of a tag is not used, because an account may have only one for each dimension
 * (CloudFormation roadmap #2515). A second environment could not be deployed. Nor could a changed monitor, because
 * CloudFormation creates the new one before it deletes the old one.
 */
export function planAnomalies(
  { environment }: Place,
  applications: readonly string[],
  contact: string,
  tags: Tags,
): AnomalyPlan {
  const each = Math.min(MAX_VALUES, Math.ceil(applications.length / MAX_MONITORS));
  const groups = Array.from({ length: Math.ceil(applications.length / each) }, (_, i) =>
    applications.slice(i * each, (i + 1) * each),
  );
  // All properties of a monitor except its name are create-only, and so are the tags of monitors and subscriptions. A
  // changed monitor or subscription is a new resource, so it needs another name.
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
    leastUsd: MIN_USD,
    tags,
  };
}
