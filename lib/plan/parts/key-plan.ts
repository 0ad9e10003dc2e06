/** A statement of a key policy. Its resource is `*`, which in a key policy is the key itself. */
export interface KeyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: Readonly<Record<string, string>>;
  readonly Action: readonly string[];
  readonly Resource: '*';
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A key of this project, of which nobody is told but by its alias. */
export interface KeyPlan {
  readonly alias: string;
  readonly description: string;
  readonly statements: readonly KeyStatement[];
}
