import data from './data/resource-handlers.json';

/** Operations of CloudFormation on a resource. `tags` stands for changes to its tags at any time. */
export const VERBS = ['create', 'read', 'update', 'delete', 'tags'] as const;

export type Verb = (typeof VERBS)[number];

/** IAM actions that CloudFormation calls for a resource type, with the role that it deploys with. */
export type ResourceHandlers = Readonly<Record<Verb, readonly string[]>>;

/** Actions of a handler that are not called when a template does not use a feature. */
export interface LeftOut {
  readonly type: string;
  /** Name of the feature, such as `inline policies`. */
  readonly feature: string;
  /**
   * Properties that use the feature, with dots for nested ones. The feature is unused when all of them are absent.
   *
   * @default - none
   */
  readonly absent?: readonly string[];
  /**
   * Properties whose absence uses the feature. The feature is unused when all of them are present.
   *
   * @default - none
   */
  readonly present?: readonly string[];
  /**
   * True when the actions are called on another resource, which is not known.
   *
   * @default false
   */
  readonly elsewhere?: boolean;
  readonly actions: readonly string[];
  readonly reason: string;
}

/** Publication date of the schemas, `YYYY-MM-DD`. */
export const HANDLERS_DATE = data.schemaDate;

const HANDLERS: ReadonlyMap<string, ResourceHandlers> = new Map(Object.entries(data.types));

/** All resource types whose handlers are known. */
export const HANDLED_TYPES: readonly string[] = [...HANDLERS.keys()];

/** Returns the type whose handlers serve a resource. All `Custom::…` types are custom resources. */
export function handlerType(type: string): string {
  return type.startsWith('Custom::') ? 'AWS::CloudFormation::CustomResource' : type;
}

/** Returns the handlers of a type, or `undefined` when they are not known. */
export function resourceHandlers(type: string): ResourceHandlers | undefined {
  return HANDLERS.get(handlerType(type));
}

/** Returns the actions that are left out for a type, by feature. */
export function leftOut(type: string): readonly LeftOut[] {
  return (data.leftOut as readonly LeftOut[]).filter((entry) => entry.type === handlerType(type));
}
