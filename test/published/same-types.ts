// Compiled by `types.test.ts` alone: the declarations that are published say exactly what is inferred from the schemas.
import type * as published from "stackwright";
import type * as inferred from "../../src/index.ts";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Refuses to compile where a type is not the same in both. */
type All<Compared extends Readonly<Record<string, true>>> = Compared;

export type Types = All<{
  ServiceSpec: Same<published.ServiceSpec, inferred.ServiceSpec>;
  TaskSpec: Same<published.TaskSpec, inferred.TaskSpec>;
  HealthcheckSpec: Same<published.HealthcheckSpec, inferred.HealthcheckSpec>;
  Timing: Same<published.Timing, inferred.Timing>;
  PortSpec: Same<published.PortSpec, inferred.PortSpec>;
  BindMount: Same<published.BindMount, inferred.BindMount>;
  TmpfsMount: Same<published.TmpfsMount, inferred.TmpfsMount>;
  NamedMountSpec: Same<published.NamedMountSpec, inferred.NamedMountSpec>;
  NetworkSpec: Same<published.NetworkSpec, inferred.NetworkSpec>;
  NetworkAttachmentSpec: Same<published.NetworkAttachmentSpec, inferred.NetworkAttachmentSpec>;
  VolumeSpec: Same<published.VolumeSpec, inferred.VolumeSpec>;
  SecretSpec: Same<published.SecretSpec, inferred.SecretSpec>;
  ConfigSpec: Same<published.ConfigSpec, inferred.ConfigSpec>;
  GrantSpec: Same<published.GrantSpec, inferred.GrantSpec>;
  ModelSpec: Same<published.ModelSpec, inferred.ModelSpec>;
  ModelUseSpec: Same<published.ModelUseSpec, inferred.ModelUseSpec>;
  IncludeSpec: Same<published.IncludeSpec, inferred.IncludeSpec>;
  CheckedService: Same<published.CheckedService, inferred.CheckedService>;
}>;
