/** The same page without the uuids of its rows, columns and modules: what an import may change. */
export function withoutUuids(json: unknown): unknown {
  const copy = structuredClone(json) as {
    page: { rows?: { uuid?: unknown; columns?: { uuid?: unknown; modules?: { uuid?: unknown }[] }[] }[] };
  };
  for (const row of copy.page.rows ?? []) {
    delete row.uuid;
    for (const column of row.columns ?? []) {
      delete column.uuid;
      for (const module of column.modules ?? []) delete module.uuid;
    }
  }
  return copy;
}
