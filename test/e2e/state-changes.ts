import type { AccountState, Properties } from './account-state';

/**
 * Lists the changes of a deployment: `+ Role dev_chat_lambda`, `- Parameter …`, `~ ManagedPolicy …: PolicyDocument`.
 * Profiles are listed by name, because their ids are random.
 */
export function stateChanges(before: AccountState, after: AccountState): readonly string[] {
  const types = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return types
    .flatMap((type) => {
      const [old = {}, now = {}] = [before[type], after[type]];
      const ids = [...new Set([...Object.keys(old), ...Object.keys(now)])];
      return ids.flatMap((id) => changeOf(type.split('::').at(-1) ?? type, id, old[id], now[id]));
    })
    .sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
}

function changeOf(
  type: string,
  id: string,
  old: Properties | undefined,
  now: Properties | undefined,
): readonly string[] {
  const name = (now ?? old)?.['InferenceProfileName'] ?? id.replace(/^arn:.*[/:]/, '');
  if (old === undefined || now === undefined) {
    return [`${now === undefined ? '-' : '+'} ${type} ${name}`];
  }
  const keys = Object.keys({ ...old, ...now }).filter((key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]));
  return keys.length === 0 ? [] : [`~ ${type} ${name}: ${keys.join(', ')}`];
}
