import type { Account, InferenceProfile } from '../../account/account';
import type { Guardrail } from '../../account/invoke-checks';
import { regionalArn } from '../../catalog/arn';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { parseJson } from '../../files/parse-json';
import { parameterName } from '../../plan/names/names';

/** A generation of an alias, as the parameter of the alias describes it. */
export interface AliasGeneration {
  readonly application: string;
  readonly alias: string;
  readonly model: string;
  readonly routing: string;
  readonly served: boolean;
  readonly profile: InferenceProfile;
  readonly guardrail?: Guardrail;
}

/**
 * Lists every generation of every alias of an environment, sorted, from the parameters `…/APPLICATION/ALIAS.json`.
 *
 * A parameter that cannot be parsed is left out, and so is a generation whose profile does not exist. The proof reports
 * both.
 */
export function aliasGenerations(environment: string, account: Account): readonly AliasGeneration[] {
  const prefix = `${parameterName(environment)}/`;
  const profiles = new Map(account.profiles.map((p) => [p.arn, p]));
  return account.parameters
    .flatMap(({ name, value }) => {
      const [application, file, ...rest] = name.startsWith(prefix) ? name.slice(prefix.length).split('/') : [];
      const details = parse(value);
      if (application === undefined || !file?.endsWith('.json') || rest.length > 0 || details === undefined) {
        return [];
      }
      const { generations, profileArn, guardrail } = details;
      return (Array.isArray(generations) ? generations : []).filter(isJsonMap).flatMap((g): AliasGeneration[] => {
        const profile = profiles.get(String(g['profileArn']));
        return profile === undefined
          ? []
          : [
              {
                application,
                alias: file.slice(0, -'.json'.length),
                model: String(g['modelId']),
                routing: String(g['routing']),
                served: profile.arn === profileArn,
                profile,
                ...(isJsonMap(guardrail) && { guardrail: guardrailOf(account, guardrail) }),
              },
            ];
      });
    })
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey({ application, alias, profile }: AliasGeneration): string {
  return [application, alias, profile.name].join('\u0000');
}

function guardrailOf({ partition, region, accountId }: Account, { id, version }: JsonMap): Guardrail {
  const arn = regionalArn({ partition, region, account: accountId }, 'bedrock', `guardrail/${String(id)}`);
  return { arn, identifier: `${arn}:${String(version)}` };
}

function parse(text: string): JsonMap | undefined {
  try {
    const value = parseJson(text);
    return isJsonMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
