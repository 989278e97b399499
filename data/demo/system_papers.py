"""The documents that keep Lindvale's management system going, beside those about its customers."""

from __future__ import annotations

from datetime import date

from data.demo.paper import Paper, of_the_year

MANAGING, QUALITY = "Managing Director", "Quality Manager"
SALES, OPERATIONS, PURCHASING = "Head of Sales", "Head of Operations", "Head of Purchasing"
SERVICE, DESIGN, WORKSHOP = "Head of Customer Service", "Head of Design", "Workshop Manager"

MANAGEMENT = (
    Paper("context analysis", "What bears on our work", MANAGING, date(2026, 4, 15)),
    Paper("interested party register", "Who wants what of us", QUALITY, date(2026, 4, 15)),
    Paper("scope statement", "Scope of the quality management system", QUALITY, date(2026, 2, 3)),
    Paper("process description", "Our processes", QUALITY, date(2026, 2, 3)),
    Paper("responsibility matrix", "Who answers for what", MANAGING, date(2026, 1, 14)),
    Paper("quality policy", "Quality policy", MANAGING, date(2026, 1, 7)),
    Paper("quality objectives", "Quality objectives 2026", MANAGING, date(2026, 10, 14)),
    Paper("change plan", "Plan of the move to the new helpdesk", SERVICE, date(2026, 7, 21)),
    Paper("improvement list", "Improvements", QUALITY, date(2026, 9, 29)),
    of_the_year("management review minutes", "Management review of October 2026", MANAGING, date(2026, 10, 27)),
    Paper("review decision list", "Decisions of management reviews", QUALITY, date(2026, 10, 28)),
)
PEOPLE_AND_PAPERS = (
    Paper("lessons learned", "Lessons learned", QUALITY, date(2026, 8, 26)),
    Paper("competence matrix", "Who can do what", "Head of Personnel", date(2026, 3, 24)),
    Paper("communication matrix", "Who is told what", MANAGING, date(2026, 1, 14)),
    Paper("document index", "Index of documents and records", QUALITY, date(2026, 5, 19)),
    Paper("retention rule", "How long records are kept", "Head of IT", date(2025, 11, 25)),
)
OPERATION = (
    Paper("quality plan", "Quality plan for pumps", QUALITY, date(2026, 3, 10)),
    Paper("published claims", "What we promise in public", SALES, date(2026, 6, 2)),
    Paper("order review procedure", "Review of orders", SALES, date(2026, 2, 24)),
    Paper("design plan", "Designs under way", DESIGN, date(2026, 9, 8)),
    Paper("design file", "Design file: quiet cowl", DESIGN, date(2026, 7, 2)),
    Paper("supplier agreement", "Agreement with suppliers and carriers", PURCHASING, date(2026, 3, 17)),
    Paper("work instruction", "Instruction 12: assembly and alignment", WORKSHOP, date(2026, 3, 31)),
    Paper("traceability exercise", "Tracing a seal: exercise 2026", QUALITY, date(2026, 6, 23)),
    Paper("packing specification", "Packing, storage and carriage", OPERATIONS, date(2026, 1, 27)),
    Paper("after-sales terms", "What customers can count on after delivery", SERVICE, date(2026, 5, 5)),
    Paper("change record", "Changes in making and service", OPERATIONS, date(2026, 9, 15)),
    Paper("release rules", "Who may release what", QUALITY, date(2026, 2, 17)),
    Paper("nonconforming output log", "Log of what was wrong", QUALITY, date(2026, 10, 6)),
)
EVALUATION = (
    Paper("monitoring plan", "What we measure", QUALITY, date(2026, 1, 21)),
    of_the_year("monitoring results", "Figures of the year to September 2026", QUALITY, date(2026, 10, 9)),
    of_the_year("control chart notes", "Signals of the year to September 2026", QUALITY, date(2026, 10, 9)),
    Paper("audit programme", "Internal audits 2025 to 2027", QUALITY, date(2026, 1, 28)),
    of_the_year("audit plan", "Plan of audit 26-2", QUALITY, date(2026, 9, 1)),
    of_the_year("internal audit report", "Internal audits of the year to September 2026", QUALITY, date(2026, 10, 2)),
    Paper("audit findings list", "Findings of audits", QUALITY, date(2026, 10, 5)),
)
SYSTEM_PAPERS = (*MANAGEMENT, *PEOPLE_AND_PAPERS, *OPERATION, *EVALUATION)
