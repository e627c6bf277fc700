"""Files kept on people: what they show, and the forms that are taken."""

from cases.vocabulary.base import Terms


class AttachmentKind(Terms):
    PHOTOGRAPH = "photograph", "A picture of the person or of a place.", "Photograph"
    IDENTITY = "identity", "A passport, birth certificate or other proof.", "Proof of identity"
    OFFICIAL = "official", "A document or letter of an authority.", "Official document"
    MEDICAL = "medical", "A document about health.", "Medical document"
    LETTER = "letter", "A letter or message of the person or the family.", "Letter"
    OTHER = "other", "None of the others.", "Other"


class MediaType(Terms):
    JPEG = "image/jpeg", "A picture, drawn anew without what the camera wrote into it.", "JPEG"
    PNG = "image/png", "A picture, drawn anew.", "PNG"
    WEBP = "image/webp", "A picture, drawn anew.", "WebP"
    PDF = "application/pdf", "A document that runs nothing and holds no other file.", "PDF"
    TEXT = "text/plain", "Plain text in UTF-8.", "Plain text"
