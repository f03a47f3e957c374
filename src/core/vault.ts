/** Keeps secrets by name, so that whoever reads the database alone cannot read them. */
export interface Vault {
  save(name: string, secret: string): Promise<void>;
  /** Undefined where there is none of this name. */
  read(name: string): Promise<string | undefined>;
  remove(name: string): Promise<void>;
}
