/** What is said about a table: where it comes from, what its columns are, what was left out. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Study } from '../../domain/learn/design.js';
import type { RawTable } from '../../domain/learn/table.js';
import { DIAGNOSIS_TEXTS as texts } from '../../i18n/learn-diagnosis-messages.js';

/** A table that a person has opened. */
export interface OpenTable {
  readonly name: string;
  readonly raw: RawTable;
}

export function tableRemarks(study: Study, { raw }: Pick<OpenTable, 'raw'>): TemplateResult {
  const remarks = [
    texts.rows(study.rows.length, study.incomplete),
    ...(raw.total > raw.rows.length + raw.damaged
      ? [texts.sampled(raw.rows.length, raw.total)]
      : []),
    ...(raw.damaged > 0 ? [texts.damaged(raw.damaged)] : []),
    ...study.columns
      .filter(({ misplaced }) => misplaced > 0)
      .map(({ name, misplaced }) => texts.misplaced(name, misplaced)),
  ];
  return html`${remarks.map((remark) => html`<p class="hint">${remark}</p>`)}`;
}

export function columnTable({ columns, target }: Study): TemplateResult {
  return html`<details>
    <summary>${texts.columns}</summary>
    <table>
      <thead>
        <tr>
          <th scope="col">${texts.column}</th>
          <th scope="col">${texts.kind}</th>
          <th scope="col">${texts.missing}</th>
        </tr>
      </thead>
      <tbody>
        ${columns.map(
          ({ name, kind, categories, missing, misplaced, index }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>
                ${index === target.column ? texts.target : texts.kindName(kind, categories.length)}
              </td>
              <td>${missing + misplaced === 0 ? nothing : missing + misplaced}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}
