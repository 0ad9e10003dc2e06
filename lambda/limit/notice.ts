/** A message to an application's owner. */
export interface Notice {
  /** At most 100 characters of ASCII, as SNS requires. */
  readonly subject: string;
  readonly message: string;
}

/** What happened to an application. */
export interface Happened {
  readonly environment: string;
  readonly application: string;
  /** Lines that say what was done and why. */
  readonly lines: readonly string[];
  readonly failures: readonly string[];
}

/** Tells an owner that the application is denied its profiles, or that a part of its principals is not. */
export function denialNotice(happened: Happened): Notice {
  const { environment, application, failures } = happened;
  const what = failures.length === 0 ? 'is denied its profiles' : 'is NOT denied to all its principals';
  return notice(happened, what, [`To lift it: npx bedrock-access budget ${environment} ${application} --release`]);
}

/** Tells an owner that the application may call its profiles again, or that a denial could not be lifted. */
export function releaseNotice(happened: Happened): Notice {
  const what = happened.failures.length === 0 ? 'may call its profiles again' : 'is still denied in part';
  return notice(happened, what, []);
}

function notice(
  { environment, application, lines, failures }: Happened,
  what: string,
  next: readonly string[],
): Notice {
  const failed = failures.length === 0 ? [] : ['', 'Failed:', ...failures.map((failure) => `- ${failure}`)];
  return {
    subject: `${environment}: ${application} ${what}`.slice(0, 100),
    message: [`${application} in ${environment} ${what}.`, '', ...lines, ...failed, '', ...next].join('\n').trim(),
  };
}
