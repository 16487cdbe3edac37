"""A case file to fill in, with a remark at every key."""

_HEAD = """\
# One case: what was observed in {who}. Fill in what the text says, and only that.
#   null  not seen or not reported        []  looked for, and there was none
#   n: 0 or status: absent  a negative finding
# Every fact has evidence: [e1, ...] with ids from the list at the end.
# Times are ISO 8601 durations from the start of the index drug: P0D, P24W, P6M; -P3M is before.
# Anywhere: note: words for people; inferred: true for what you conclude and the text does not say.
schema: linked-case/1
case_id: {case_id}
unit: {unit}
n: {n}
privacy: public                  # public, restricted
text_kind:                       # of what you quote: verbatim, restatement, machine-summary
source:
  document:                      # name of the text: PMCID, PMID or file name without its ending
  doi: null                      # 10.1234/abc
  level:                         # primary; secondary (read elsewhere, then add cites: the report)
  seen: null                     # which part you read: abstract, full text, table 2
  url: null
same_patient_as: []              # ids of other cases about {same}
possible_overlap_with: []        # ids of groups that may contain {same}
subject:
  species: "NCBITaxon:9606"
  sex: null                      # {sex}
  ancestry: null                 # as reported
  evidence: []                   # needed as soon as sex or ancestry is given
  ages: null
  #  - {age}
  disease_duration: null         # {{iso8601: P2Y, at: index-start, evidence: [e1]}}
"""
_PARTS = """\
arms: []                         # set by treatment; the n of one partition add up to the n above
#  - {id: arm-a, n: 5, partition: drug, defined_by: {label: ..., id: null}, evidence: [e1]}
#  - {id: drug-rest, n: 5, partition: drug, defined_by: {label: not stated, id: null}}
subgroups: []                    # set by anything else; written like arms
"""
_FACTS = """\
diagnoses: null                  # status: confirmed, suspected, excluded, previous
#  - {{label: ..., id: "MONDO:...", status: confirmed{count}, evidence: [e1]}}
genotype: null
#  - {{gene: {{label: ..., id: "NCBIGene:..."}}, hgvs_c: null, hgvs_p: null, zygosity: null,
#     effect: null, dbsnp: null, evidence: [e1]}}
phenotypes: null                 # status: present, absent, not-tested
#  - {{label: ..., id: "HP:...", status: present{count}, at: P0D, evidence: [e1]}}
serology: null                   # result: positive, negative, normalised, borderline, titre
#  - test: {{label: ..., hpo_if_positive: "HP:..."}}
#    target: {{label: ..., id: "NCBIGene:..."}}
#    assay: null
#    ever_positive: {ever}
#    series:
#      - {{at: P0D, result: positive, titre: null{count}, evidence: [e1]}}
biomarkers: null
#  - measure: null               # an id of measures.csv
#    label: ...
#    assay: {{kind: null, panel: null, platform: null}}
#    sample: blood
#    series:
#      - {{at: P0D, value: null, unit: null, level: elevated, change: null, evidence: [e1]}}
treatments: null                 # role: index, prior, concomitant, subsequent, comparator
#  - drug: {{label: ..., id: "CHEBI:..."}}
#    role: index{rows}
#    dose_series:                # null when not reported; a number needs its unit
#      - {{at: P0D, value: 4, unit: mg, per: day, frequency: once daily}}
#    route: oral
#    start: P0D
#    stop: null
#    evidence: [e1]
outcomes: null                   # valence: favourable, unfavourable, neutral, unclear
#  - {{domain: skin, measure: null, label: ..., at: P6M{count}, change: null, valence: favourable,
#     endpoint: null, event: null, reported_as: ..., relation: observed-under, under: ...,
#     evidence: [e1]}}           # relation: attributed only where the text names the drug; then
#                                # attributed_to: {{drug: ..., wording: temporal, evidence: [e1]}}
follow_up: null                  # {follow_up}
adverse_events: null             # [] only if the text says that there were none
#  - {{label: ..., id: "HP:...", status: present{count}, at: null, serious: null, grade: null,
#     action: null, relation: observed-under, under: ..., evidence: [e2]}}
evidence: []
#  - {{id: e1, document: ..., section: abstract, quote: "the exact words of the text"}}
#  - {{id: e2, document: ..., section: results, quote: null, statement: "what was seen there"}}
curation:
  curator:                       # your name or initials
  date:                          # 2026-01-31
  status: draft                  # draft, reviewed
  confidence: null
"""
_ONE = {
    "who": "one patient",
    "n": "1",
    "same": "the same patient",
    "sex": "female, male",
    "age": "{at: onset, iso8601: P4Y, evidence: [e1]}",
    "count": "",
    "rows": "",
    "ever": "true",
    "follow_up": "{at_least: P6M, evidence: [e1]}",
}
_MANY = {
    "who": "a group: a cohort, a trial or a subgroup of a table",
    "n": "                              # how many patients",
    "same": "these patients",
    "sex": "{female: 3, of: 10}",
    "age": "{at: onset, median: 7.5, low: 2, high: 15, unit: year, evidence: [e1]}",
    "count": ", n: 5, of: 10",
    "rows": "\n#    arm: arm-a\n#    n: 5\n#    of: 10",
    "ever": "{n: 5, of: 10}",
    "follow_up": "{median: 7.0, unit: month, evidence: [e1]}",
}


def case_template(case_id: str, unit: str) -> str:
    """Return a case file to fill in; as it is, ``case check`` names what has to be given."""
    words = _MANY if unit == "group" else _ONE
    head = _HEAD.format(case_id=case_id, unit=unit, **words)
    parts = _PARTS if unit == "group" else ""
    return head + parts + _FACTS.format(**words)
