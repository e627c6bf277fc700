"""Help needed, promised or given."""

from cases.vocabulary.base import Terms


class AssistanceKind(Terms):
    ACCOMMODATION = "accommodation", "Temporary accommodation.", "Temporary accommodation"
    DOCUMENTS = "documents", "Restoring or issuing documents.", "Documents"
    PAYMENT = "payment", "A one-off payment or allowance.", "Payment"
    COMPENSATION = "compensation", "Compensation for lost property.", "Compensation"
    MEDICAL = "medical", "Medical care.", "Medical"
    PSYCHOSOCIAL = "psychosocial", "Psychosocial support.", "Psychosocial"
    FAMILY_REUNION = "family_reunion", "Bringing a family together.", "Family reunion"
    TRANSPORT = "transport", "Transport.", "Transport"
    LEGAL = "legal", "Legal help.", "Legal"
    OTHER = "other", "None of the others.", "Other"


class AssistanceStage(Terms):
    NEEDED = "needed", "Needed; nobody has promised it.", "Needed"
    PROMISED = "promised", "Somebody has promised it.", "Promised"
    CONDITIONAL = "conditional", "Promised on a condition, such as “if needed”.", "Conditional"
    IN_PROGRESS = "in_progress", "Under way.", "In progress"
    DELIVERED = "delivered", "Given.", "Delivered"
    DECLINED = "declined", "Declined by the person.", "Declined"
    NOT_NEEDED = "not_needed", "Turned out not to be needed.", "Not needed"
    COMPLAINED = "complained", "Said to be missing or poor by those concerned.", "Complained of"
