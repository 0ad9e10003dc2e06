import type { AssemblyCopy } from './assembly-copy';

/** One change of an assembly. */
export interface Mutant {
  /** Place that is changed, for people. */
  readonly where: string;
  /** Names of the place, of which a violation that is found must mention one. Empty if any reason will do. */
  readonly named: readonly string[];
  readonly apply: (assembly: AssemblyCopy) => void;
}

/** A kind of change, with every place of an assembly where it is possible. */
export interface Kind {
  readonly what: string;
  /**
   * Reason why the change has no effect, so that the assembly must stay proven.
   *
   * @default - the change gives access, weakens a control or deploys something else, so that it must be found
   */
  readonly harmless?: string;
  readonly mutants: (assembly: AssemblyCopy) => readonly Mutant[];
}
