import { visible } from '../../config/invisible';
import type { ApplicationStanding, LimitStandings } from '../../live/limits/read-standings';
import type { Colours } from '../format/problem-lines';

/** Says for each application with `atLimit: deny` whether it is denied now, and why; empty when there is none. */
export function standingLines(limits: LimitStandings, environment: string, colours: Colours): readonly string[] {
  if ('skipped' in limits) {
    return [
      colours.tone('warning', visible(`SKIPPED limits: whether an application is denied now: ${limits.skipped}`)),
    ];
  }
  return limits.standings.map((standing) => {
    const line = visible(`limit of ${standing.application}: ${words(standing, environment)}`);
    return standing.standing === 'not denied' ? line : colours.tone(toneOf(standing), line);
  });
}

function toneOf({ standing }: ApplicationStanding): 'bad' | 'warning' {
  return standing === 'held' || standing === 'denied' ? 'bad' : 'warning';
}

function words(standing: ApplicationStanding, environment: string): string {
  const release = `npx bedrock-access budget ${environment} ${standing.application} --release`;
  switch (standing.standing) {
    case 'held':
      return `denied by hand since ${standing.since} by ${standing.by}: ${standing.reason}; lift it with ${release}`;
    case 'denied':
      return `denied since ${standing.since}: ${standing.why}; lift it with ${release}`;
    case 'released':
      return `released for today by ${standing.by} at ${standing.since}`;
    case 'not denied':
      return 'not denied';
    case 'not deployed':
      return 'not deployed yet, so nothing can deny it';
    case 'unreadable':
      return `its state cannot be read, so it may be denied: ${standing.why}; look at the log group /aws/lambda/${environment}_limit`;
    default:
      return standing satisfies never;
  }
}
