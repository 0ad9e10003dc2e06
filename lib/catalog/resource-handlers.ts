import data from './data/resource-handlers.json';

/** Operations of CloudFormation on a resource. `tags` stands for changes to its tags at any time. */
export const VERBS = ['create', 'read', 'update', 'delete', 'tags'] as const;

export type Verb = (typeof VERBS)[number];

/** IAM actions that CloudFormation calls for a resource type, using its deployment role. */
export type ResourceHandlers = Readonly<Record<Verb, readonly string[]>>;

/** Publication date of the schemas, `YYYY-MM-DD`. */
export const HANDLERS_DATE = data.schemaDate;

/** The handlers that the CloudFormation registry declares. A type that is missing has to be imported. */
export const REGISTRY_HANDLERS: Readonly<Record<keyof typeof data.types, ResourceHandlers>> = data.types;

const SENDS_TAGS: ReadonlySet<string> = new Set(data.tagActions.tags);
const SENDS_KEYS: ReadonlySet<string> = new Set(data.tagActions.keys);

/**
 * Returns the part of the tags that a request for the action contains: keys and values (`aws:RequestTag`), only keys
 * (`aws:TagKeys`), or nothing.
 */
export function tagsSentWith(action: string): 'tags' | 'keys' | 'nothing' {
  return SENDS_TAGS.has(action) ? 'tags' : SENDS_KEYS.has(action) ? 'keys' : 'nothing';
}
