import type { PolicyLayers } from '../../lib/iam/evaluate/evaluate';
import { parseLayers } from '../../lib/iam/evaluate/policy-layers';
import type { AccessRequest } from '../../lib/iam/match/access-request';
import type { Policy } from '../../lib/iam/policy/policy';
import { type RequestSpace, requestSpace } from '../../lib/iam/space/request-space';
import { mutatedText } from './mutated-text';
import { type Random, seededRandom } from './random';
import { type RandomCase, randomCase } from './random-case';
import type { WrittenStatement } from './space-classes';
import { documentOf, MODEL } from './verdict';

export interface SpaceCase {
  readonly layers: PolicyLayers;
  readonly space: RequestSpace;
  /** The statements of the space, as written in the policies. */
  readonly statements: readonly WrittenStatement[];
  readonly random: Random;
}

/** Keys that have at most one value in a request, so that set operators on them are decided. */
const TYPED = {
  'test:arn': 'bedrock:InferenceProfileArn',
  'test:bool': 'aws:SecureTransport',
  'test:string': 'aws:UserName',
};

/** Makes random policies. Those with an odd seed use only keys whose type is known, and no policy variables. */
export function spaceCase(seed: number): SpaceCase {
  const random = seededRandom(seed);
  const written = JSON.stringify(randomCase(random));
  const typed = Object.entries(TYPED).reduce((text, [from, to]) => text.replaceAll(from, to), written);
  const chosen = seed % 2 === 0 ? written : typed.replace(/\$\{[^}]*\}/g, 'b');
  const { identity, boundary, session }: RandomCase = JSON.parse(chosen);
  const policy = (name: string, statements: readonly WrittenStatement[]): Policy => ({
    name,
    document: documentOf(...statements),
  });
  const layers = {
    identity: identity.map((statements, i) => policy(`identity${i}`, statements)),
    ...(boundary !== undefined && { boundary: policy('boundary', boundary) }),
    ...(session !== undefined && { session: policy('session', session) }),
  };
  return {
    layers,
    space: requestSpace(parseLayers(layers)),
    statements: [...identity.flat(), ...(boundary ?? []), ...(session ?? [])],
    random,
  };
}

/** True if the documentation of `requestSpace` leaves the statement undecided, although `evaluate` may decide it. */
export function isDocumentedUndecided(statement: WrittenStatement): boolean {
  return /\$\{|"For(?:All|Any)\w+:\w+":\{"test:/.test(JSON.stringify(statement));
}

/** Makes a request of the universe from texts that resemble those of the policies. */
export function nearRequest({ statements, space, random }: SpaceCase): AccessRequest {
  const texts = [...JSON.stringify(statements).matchAll(/"([^"]+)"/g)].map(([, text = '']) => text);
  const near = (within: RegExp, fallback: string): string => {
    const text = random.one(texts.filter((t) => within.test(t)).concat(fallback));
    const mutated = mutatedText(
      text.replace(/[*?]/g, () => random.one(['', 'x', 'a'])),
      texts,
      random,
    );
    return [mutated, text].find((t) => within.test(t)) ?? fallback;
  };
  const value = (name: string): string => {
    if (name.endsWith('arn')) {
      return near(ARN, MODEL);
    }
    return /bool|secure/.test(name) ? random.one(['true', 'false']) : near(/^.{0,3}$/s, '');
  };
  const keys = space.dimensions.slice(2).filter(() => random.chance(0.8));
  return {
    action: near(/^[^:]+:.+$/s, 's3:GetObject'),
    resource: random.chance(0.1) ? '*' : near(ARN, MODEL),
    context: Object.fromEntries(keys.map(({ name }) => [name, [value(name)]])),
  };
}

const ARN = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s;
