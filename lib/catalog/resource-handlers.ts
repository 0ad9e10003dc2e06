import data from './data/resource-handlers.json';

/** What CloudFormation does with a resource; `tags` is what it does with its tags at any time. */
export const VERBS = ['create', 'read', 'update', 'delete', 'tags'] as const;

export type Verb = (typeof VERBS)[number];

/** IAM actions that CloudFormation calls for a type of resource, as the role that it deploys with. */
export type ResourceHandlers = Readonly<Record<Verb, readonly string[]>>;

/** Actions of a handler that are not called as long as a template leaves a feature unused. */
export interface LeftOut {
  readonly type: string;
  /** In words, such as `inline policies`. */
  readonly feature: string;
  /**
   * Properties, with dots for nested ones, that use the feature: without all of them it is unused.
   *
   * @default - none
   */
  readonly absent?: readonly string[];
  /**
   * Properties without which the feature is used.
   *
   * @default - none
   */
  readonly present?: readonly string[];
  /**
   * Whether the actions are done on something else than the resource, so that nobody here knows on what.
   *
   * @default false
   */
  readonly elsewhere?: boolean;
  readonly actions: readonly string[];
  readonly reason: string;
}

/** When AWS published the schemas: `YYYY-MM-DD`. */
export const HANDLERS_DATE = data.schemaDate;

const HANDLERS: ReadonlyMap<string, ResourceHandlers> = new Map(Object.entries(data.types));

/** Every type whose handlers are known. */
export const HANDLED_TYPES: readonly string[] = [...HANDLERS.keys()];

/** The type whose handlers serve a resource: every `Custom::…` is a custom resource. */
export function servedAs(type: string): string {
  return type.startsWith('Custom::') ? 'AWS::CloudFormation::CustomResource' : type;
}

/** The handlers of a type, or `undefined` for one that nobody here knows. */
export function resourceHandlers(type: string): ResourceHandlers | undefined {
  return HANDLERS.get(servedAs(type));
}

/** What is left out for a type, feature by feature. */
export function leftOut(type: string): readonly LeftOut[] {
  return (data.leftOut as readonly LeftOut[]).filter((entry) => entry.type === servedAs(type));
}
