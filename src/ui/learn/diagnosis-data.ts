import { html, nothing, type TemplateResult } from 'lit';
import type { SightlineError } from '../../domain/errors.js';
import { targetColumns, type Study, type Target } from '../../domain/learn/design.js';
import { DIAGNOSIS_TEXTS as texts } from '../../i18n/learn-diagnosis-messages.js';
import { balanceBar } from './diagnosis-figures.js';
import { choice } from './fields.js';
import { tableRemarks, type OpenTable } from './table-parts.js';

export interface DiagnosisData {
  readonly study: Study;
  readonly source: OpenTable;
  /** Whether it is a table of the person's own. */
  readonly isOwn: boolean;
  readonly isReading: boolean;
  readonly fault: SightlineError | undefined;
  readonly picked: (file: File) => void;
  readonly useExample: () => void;
  readonly aim: (target: Target) => void;
}

/** Where the patients come from, what is foretold of them, and how many are of each class. */
export function diagnosisData(data: DiagnosisData): TemplateResult {
  const { study, source, isOwn, isReading, fault, aim } = data;
  const target = study.columns[study.target.column];
  const candidates = targetColumns(study.columns);
  return html`<section class="data">
    <p>${isOwn ? texts.source.file(source.name) : texts.source.synthetic}</p>
    ${isReading ? html`<p class="hint" role="status">${texts.reading}</p>` : nothing}
    ${fault === undefined ? nothing : html`<p class="alarm" role="alert">${explain(fault)}</p>`}
    ${tableRemarks(study, source)}
    ${balanceBar(study.rows.filter(({ isPositive }) => isPositive).length, study.rows.length)}
    <div class="row">
      <label class="button file">
        ${texts.choose}
        <input
          type="file"
          class="visually-hidden"
          accept=".csv,.tsv,.txt,.data,text/csv,text/plain"
          @change=${(event: Event) => {
            const input = event.target as HTMLInputElement;
            const file = input.files?.[0];
            // Emptied, so that the same file can be chosen again.
            input.value = '';
            if (file !== undefined) data.picked(file);
          }}
        />
      </label>
      ${isOwn ? html`<button @click=${data.useExample}>${texts.example}</button>` : nothing}
    </div>
    <div class="two">
      ${choice({
        label: texts.target,
        value: study.targetName,
        choices: candidates.map((column) => column.name),
        shown: (column) => column,
        changed: (chosen) => {
          const column = candidates.find((candidate) => candidate.name === chosen);
          aim({ column: column?.index ?? 0, no: column?.categories[0] ?? '' });
        },
      })}
      ${choice({
        label: texts.no,
        value: study.target.no,
        choices: target?.categories ?? [],
        shown: (value) => value,
        changed: (no) => {
          aim({ column: study.target.column, no });
        },
      })}
    </div>
  </section>`;
}

function explain({ code, detail }: SightlineError): string {
  const text = code === 'table-useless' ? texts.useless(detail) : texts.unreadable(detail);
  return `${text} ${texts.kept}`;
}
